import { expect, test } from "vitest";
import { engineStream, said } from "../../../../test/support/dialects/engine-stream.ts";
import { AnswerReader } from "./answer-reader.ts";
import type { ChatEvent } from "./events.ts";

const context = { tools: new Set(["read"]), idsBefore: new Set<string>(), idStart: "call_" };
const open = engineStream([said.text("hello")]);
const done = "data: [DONE]\n\n";
const usage = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } })}\n\n`;

function read(answer: string[]): { events: ChatEvent[]; wholeBefore: boolean } {
  const reader = new AnswerReader("m", context);
  const events = answer.flatMap((text) => reader.push(Buffer.from(text)));
  const wholeBefore = reader.whole;
  return { events: [...events, ...reader.end()], wholeBefore };
}

const finish = (reason: string) => ({ kind: "finish", reason, stop: null });

test("[DONE] is the end, whether or not the engine has said how the answer ends", () => {
  const { events, wholeBefore } = read([...open, done]);
  expect(events).toEqual([{ kind: "text", text: "hello" }, finish("stop")]);
  expect(wholeBefore).toBe(true);
  const called = engineStream([said.call(0, "read", "{}")]);
  expect(read([...called, done]).events.at(-1)).toEqual(finish("tool_calls"));
});

test("an ending is the end, whether or not [DONE] follows, in whatever state the stream is left", () => {
  const ended = engineStream([said.text("hello"), said.finish("length")]).slice(0, -2);
  for (const rest of [
    [],
    ["data: [DONE]"],
    [done.trim()],
    ["data: {broken\n\n"],
    ['data: {"error":{"message":"x"}}\n\n'],
  ]) {
    const { events, wholeBefore } = read([...ended, ...rest]);
    expect(events).toEqual([{ kind: "text", text: "hello" }, finish("length")]);
    expect(wholeBefore).toBe(true);
  }
});

test("usage is read wherever it comes, after [DONE] too", () => {
  expect(read([...open, done, usage]).events.at(-1)).toMatchObject({ kind: "usage", usage: { prompt: 7, answer: 3 } });
});

test("a stream that just stops is no answer", () => {
  for (const rest of [[], ['data: {"choices":[{"del']]) {
    expect(() => read([...open, ...rest])).toThrow(/in the middle/);
  }
});

test("an engine may stream to one who did not ask for it, and the other way round", () => {
  const message = { content: "hello", tool_calls: null };
  const whole = JSON.stringify({ choices: [{ message, finish_reason: "stop" }] });
  expect(read([` ${whole.slice(0, 9)}`, whole.slice(9)]).events).toEqual(read([...open, done]).events);
});
