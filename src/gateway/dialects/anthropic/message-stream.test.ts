import fc from "fast-check";
import { expect, test } from "vitest";
import { engineStream, said } from "../../../../test/support/dialects/engine-stream.ts";
import { eventsIn } from "../../../../test/support/dialects/events-in.ts";
import { messages } from "./translation.ts";

const about = { id: "r", model: "m" };
const clock = { now: () => 0, receivedAt: 0, askedAt: 0 };
const translation = () => {
  const thinking = { type: "enabled", budget_tokens: 2000 };
  return messages({ messages: [{ role: "user", content: "hi" }], stream: true, thinking }).answer(about, clock);
};

test("a whole answer becomes Anthropic's events in order", () => {
  const { push, end } = translation();
  const engine = engineStream([
    said.reasoning("hm"),
    said.text("yes"),
    said.call(0, "read", '{"a":', "1}"),
    said.finish("tool_calls"),
  ]);
  const events = eventsIn(engine.map((chunk) => push(Buffer.from(chunk))).join("") + end());
  expect(events.map(({ event, data }) => [event, data.index ?? data.delta?.stop_reason])).toEqual([
    ["message_start", undefined],
    ["content_block_start", 0],
    ["content_block_delta", 0],
    ["content_block_delta", 0],
    ["content_block_stop", 0],
    ["content_block_start", 1],
    ["content_block_delta", 1],
    ["content_block_stop", 1],
    ["content_block_start", 2],
    ["content_block_delta", 2],
    ["content_block_delta", 2],
    ["content_block_stop", 2],
    ["message_delta", "tool_use"],
    ["message_stop", undefined],
  ]);
  for (const { event, data } of events) expect(data.type).toBe(event);
});

test("nothing is said before the engine says something, so that a client that waits goes on hearing that it waits", () => {
  const [opening] = engineStream([]);
  expect(translation().push(Buffer.from(opening!))).toBe("");
});

test("an answer without an end is not given one", () => {
  const { push, end } = translation();
  for (const chunk of engineStream([said.text("half")])) push(Buffer.from(chunk));
  expect(end).toThrow("what came so far is not complete");
});

test("an error that the engine sends in its stream is told as one", () => {
  const { push } = translation();
  const error = { error: { message: "out of memory", code: 500 } };
  expect(() => push(Buffer.from(`data: ${JSON.stringify(error)}\n\n`))).toThrow(
    "The engine of m answered 500: out of memory",
  );
});

test("however the bytes are cut, the same is said", () => {
  const engine = Buffer.from(
    engineStream([said.text("grüß 😀"), said.text("dich"), said.call(0, "read", "{}"), said.finish("tool_calls")]).join(
      "",
    ),
  );
  const told = (cuts: number[]) => {
    const { push, end } = translation();
    const places = [0, ...cuts.map((cut) => cut % engine.length).sort((a, b) => a - b), engine.length];
    return (
      places
        .slice(1)
        .map((place, index) => push(engine.subarray(places[index], place)))
        .join("") + end()
    );
  };
  const whole = told([]);
  fc.assert(fc.property(fc.array(fc.nat()), (cuts) => void expect(told(cuts)).toBe(whole)));
});

test("a message begins with its prompt's tokens: the engine's count where it comes first, else an estimate", () => {
  const begun = (engine: string[]) => {
    const { push, end } = translation();
    const [start, ...rest] = eventsIn(engine.map((chunk) => push(Buffer.from(chunk))).join("") + end());
    return [start!.data.message.usage.input_tokens, rest.at(-2)!.data.usage.input_tokens];
  };
  const events = engineStream([said.text("yes"), said.finish("stop")]);
  const [estimate, counted] = begun(events);
  expect(estimate).toBeGreaterThan(0);
  expect(counted).toBe(7);
  const early = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 9 } })}\n\n`;
  expect(begun([early, ...events])).toEqual([9, 7]);
});
