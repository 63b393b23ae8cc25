import { expect, test } from "vitest";
import type { ChatEvent } from "../chat/events.ts";
import { messageOf } from "./message.ts";

const about = { id: "r", model: "m" };
const finish = (reason: string, stop: string | null = null): ChatEvent => ({ kind: "finish", reason, stop });
const call = (text: string): ChatEvent[] => [
  { kind: "call", index: 0, id: "call_1", name: "read" },
  { kind: "arguments", index: 0, text },
];

test("words, calls and usage become content blocks", () => {
  const usage = { prompt: 10, cached: 4, answer: 3, reasoning: 0 };
  const events: ChatEvent[] = [
    { kind: "text", text: "I look." },
    ...call('{"a":1}'),
    finish("stop"),
    { kind: "usage", usage },
  ];
  expect(messageOf(about, events, false)).toEqual({
    id: "msg_r",
    type: "message",
    role: "assistant",
    model: "m",
    content: [
      { type: "text", text: "I look." },
      { type: "tool_use", id: "call_1", name: "read", input: { a: 1 } },
    ],
    stop_reason: "tool_use",
    stop_sequence: null,
    usage: { input_tokens: 6, cache_creation_input_tokens: 0, cache_read_input_tokens: 4, output_tokens: 3 },
  });
});

test.each([
  ["stop", null, "end_turn"],
  ["stop", "END", "stop_sequence"],
  ["length", null, "max_tokens"],
  ["content_filter", null, "refusal"],
])("%s (%s) is %s", (reason, stop, expected) => {
  expect(messageOf(about, [finish(reason, stop)], false)).toMatchObject({ stop_reason: expected, stop_sequence: stop });
});

test("thinking is shown to those alone who asked for it", () => {
  const events: ChatEvent[] = [{ kind: "reasoning", text: "hm" }, { kind: "text", text: "yes" }, finish("stop")];
  const types = (thinking: boolean) =>
    (messageOf(about, events, thinking).content as { type: string }[]).map(({ type }) => type);
  expect([types(true), types(false)]).toEqual([["thinking", "text"], ["text"]]);
});

test("arguments that were encoded twice are taken apart, broken ones are shown as broken, cut-off ones are no call", () => {
  const inputs = (text: string, reason: string) =>
    (messageOf(about, [...call(text), finish(reason)], false).content as { input: unknown }[]).map(
      ({ input }) => input,
    );
  expect(inputs(JSON.stringify('{"a":1}'), "tool_calls")).toEqual([{ a: 1 }]);
  expect(inputs("", "tool_calls")).toEqual([{}]);
  expect(inputs('{"a":', "tool_calls")).toEqual([{ invalid_arguments: '{"a":' }]);
  expect(inputs('{"a":', "length")).toEqual([]);
});
