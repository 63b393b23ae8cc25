import fc from "fast-check";
import { expect, test } from "vitest";
import { engineStream, said } from "../../../../test/support/dialects/engine-stream.ts";
import { eventsIn } from "../../../../test/support/dialects/events-in.ts";
import type { Translation } from "../translation.ts";
import { generateContent, streamArray, streamEvents } from "./translation.ts";

const about = { id: "r", model: "m" };
const clock = { now: () => 0, receivedAt: 0, askedAt: 0 };
const answerOf = (translation: Translation, includeThoughts = true) =>
  translation({
    contents: [{ parts: [{ text: "hi" }] }],
    generationConfig: { thinkingConfig: { includeThoughts } },
  }).answer(about, clock);

function told(translation: Translation, events: string[], includeThoughts = true): string {
  const { push, end } = answerOf(translation, includeThoughts);
  return events.map((event) => push(Buffer.from(event))).join("") + end();
}

const calling = engineStream([
  said.reasoning("hm"),
  said.text("I look."),
  said.call(0, "read", '{"a":', "1}"),
  said.call(1, "stat"),
  said.finish("tool_calls"),
]);
const pieces = [
  { candidates: [{ content: { role: "model", parts: [{ text: "hm", thought: true }] } }], responseId: "r" },
  { candidates: [{ content: { role: "model", parts: [{ text: "I look." }] } }], modelVersion: "m" },
  {
    candidates: [
      {
        content: {
          parts: [
            { functionCall: { id: "call_0", name: "read", args: { a: 1 } } },
            { functionCall: { id: "call_1", name: "stat", args: {} } },
          ],
        },
        finishReason: "STOP",
      },
    ],
    usageMetadata: { promptTokenCount: 7, candidatesTokenCount: 3, totalTokenCount: 10 },
  },
];

test("a stream of events says each word at once, and calls whole with the ending", () => {
  expect(eventsIn(told(streamEvents, calling)).map(({ data }) => data)).toMatchObject(pieces);
});

test("without alt=sse the same pieces are the elements of one JSON array", () => {
  expect(JSON.parse(told(streamArray, calling))).toMatchObject(pieces);
});

test("thoughts are shown to those alone who asked for them", () => {
  expect(told(streamEvents, calling, false)).not.toContain("hm");
});

test("a whole answer holds its parts in order, thoughts counted beside the answer", () => {
  const message = {
    reasoning_content: "hm",
    content: "I look.",
    tool_calls: [{ id: "c", function: { name: "read", arguments: '{"a":1}' } }],
  };
  const usage = {
    prompt_tokens: 10,
    completion_tokens: 5,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 2 },
  };
  const answer = JSON.stringify({ choices: [{ message, finish_reason: "stop" }], usage });
  expect(JSON.parse(told(generateContent, [answer]))).toEqual({
    candidates: [
      {
        content: {
          role: "model",
          parts: [
            { text: "hm", thought: true },
            { text: "I look." },
            { functionCall: { id: "c", name: "read", args: { a: 1 } } },
          ],
        },
        finishReason: "STOP",
        index: 0,
      },
    ],
    usageMetadata: {
      promptTokenCount: 10,
      cachedContentTokenCount: 4,
      candidatesTokenCount: 3,
      thoughtsTokenCount: 2,
      totalTokenCount: 15,
    },
    modelVersion: "m",
    responseId: "r",
  });
});

test.each([
  ["stop", "STOP"],
  ["length", "MAX_TOKENS"],
  ["content_filter", "SAFETY"],
  ["something else", "OTHER"],
])("an answer that ends with %s ends with %s, and has a part even without words", (reason, finishReason) => {
  const [last] = eventsIn(told(streamEvents, engineStream([said.finish(reason)])));
  expect(last!.data.candidates).toMatchObject([{ content: { parts: [{ text: "" }] }, finishReason }]);
});

test("a call that the limit cut off is none", () => {
  const cut = engineStream([said.call(0, "read", '{"a":'), said.finish("length")]);
  expect(eventsIn(told(streamEvents, cut)).at(-1)!.data.candidates[0]).toMatchObject({
    content: { parts: [{ text: "" }] },
    finishReason: "MAX_TOKENS",
  });
});

test("an answer without an end is not given one", () => {
  const { push, end } = answerOf(streamArray);
  for (const chunk of engineStream([said.text("half")])) push(Buffer.from(chunk));
  expect(end).toThrow("what came so far is not complete");
});

test("however the bytes are cut, the array is JSON and says the same", () => {
  const engine = Buffer.from(calling.join(""));
  fc.assert(
    fc.property(fc.array(fc.nat(engine.length)), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), engine.length];
      const { push, end } = answerOf(streamArray);
      const text = places.slice(1).map((place, index) => push(engine.subarray(places[index], place)));
      expect(JSON.parse(text.join("") + end())).toMatchObject(pieces);
    }),
  );
});
