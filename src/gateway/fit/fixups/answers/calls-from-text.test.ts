import fc from "fast-check";
import { expect, test } from "vitest";
import { engineStream, said } from "../../../../../test/support/dialects/engine-stream.ts";
import { calledAnswer, callsFromText, callsIn } from "./calls-from-text.ts";

const tools = new Set(["read", "write"]);
const { before, after } = callsFromText.example;

test("text that is nothing but calls of the request's tools is those calls", () => {
  expect(callsIn(before.content, tools, "call")).toEqual(after.tool_calls);
  const two =
    '<tool_call>{"name":"read","arguments":{}}</tool_call>\n<tool_call>{"name":"write","arguments":{}}</tool_call>';
  expect(callsIn(two, tools, "c")?.map(({ id }) => id)).toEqual(["c_0", "c_1"]);
  expect(callsIn('<|python_tag|>{"name":"read","parameters":{"n":1}}', tools, "c")).toHaveLength(1);
});

test.each([
  "",
  "I would call read.",
  `Like this: ${before.content}`,
  '{"name":"delete","arguments":{}}',
  '{"name":"read","arguments":"a.txt"}',
  '{"name":"read","arguments":{},"more":1}',
  '{"name":"read","argu',
])("any other text is an answer: %s", (text) => {
  expect(callsIn(text, tools, "c")).toBeNull();
});

function told(events: string[], changed = () => {}): string {
  const answer = calledAnswer(true, tools, "call", changed);
  return events.map((event) => answer.push(Buffer.from(event))).join("") + answer.end();
}

const chunks = (text: string) =>
  [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, data]) => JSON.parse(data!).choices[0] ?? {});
const textIn = (stream: string) =>
  chunks(stream)
    .map(({ delta }) => delta?.content ?? "")
    .join("");

test("a streamed call in text becomes a call before the end", () => {
  let changes = 0;
  const pieces = before.content.match(/.{1,7}/gs)!;
  const stream = told(engineStream([...pieces.map((piece) => said.text(piece)), said.finish("stop")]), () => changes++);
  expect(textIn(stream)).toBe("");
  expect(chunks(stream).flatMap(({ delta }) => delta?.tool_calls ?? [])).toEqual(after.tool_calls);
  expect(chunks(stream).flatMap(({ finish_reason }) => finish_reason ?? [])).toEqual(["tool_calls"]);
  expect([changes, stream.endsWith("data: [DONE]\n\n")]).toEqual([1, true]);
});

test("any other streamed text arrives whole and in order, however it is cut", () => {
  const text = fc
    .oneof(fc.string(), fc.constantFrom("<tool_call>", "{", '{"name":"read"', " <tool", "<|python_tag|>"))
    .chain((start) => fc.string().map((rest) => start + rest));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 9 }), (words, size) => {
      fc.pre(callsIn(words, tools, "c") === null);
      const pieces = Array.from({ length: Math.ceil(words.length / size) }, (_, n) =>
        words.slice(n * size, (n + 1) * size),
      );
      const stream = told(engineStream([...pieces.map((piece) => said.text(piece)), said.finish("stop")]));
      expect(textIn(stream)).toBe(words);
    }),
  );
  const called = engineStream([said.text("{"), said.call(0, "read", "{}"), said.finish("tool_calls")]);
  expect(textIn(told(called))).toBe("{");
});
