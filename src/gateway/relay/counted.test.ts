import fc from "fast-check";
import { expect, test } from "vitest";
import { AnswerEnds } from "../upstream/answer-ends.ts";
import { countedIn } from "./counted.ts";

const event = (data: object, name?: string) =>
  `${name === undefined ? "" : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;

const counts = { cached: 0, reasoning: 0, estimated: false };

function counted(...parts: string[]) {
  const ends = new AnswerEnds();
  for (const part of parts) ends.take(Buffer.from(part));
  return countedIn(ends);
}

test("Anthropic's stream counts the prompt at its beginning, the cache beside it, and the answer at its end", () => {
  const prompt = { input_tokens: 10, cache_read_input_tokens: 30, cache_creation_input_tokens: 5, output_tokens: 1 };
  const start = event({ type: "message_start", message: { content: [], usage: prompt } }, "message_start");
  const delta = event({ type: "content_block_delta", delta: { text: "word" } });
  const last = event({ type: "message_delta", delta: {}, usage: { output_tokens: 77 } }, "message_delta");
  const found = counted(start, ...Array.from({ length: 2000 }, () => delta), last, event({ type: "message_stop" }));
  expect(found).toEqual({ ...counts, in: 45, out: 77, cached: 30 });
});

test("a response's last event says it, whatever else is in there", () => {
  const usage = {
    ...{ input_tokens: 8, output_tokens: 9, total_tokens: 17 },
    ...{ input_tokens_details: { cached_tokens: 4 }, output_tokens_details: { reasoning_tokens: 3 } },
  };
  const output = [{ content: [{ text: 'say "usage": {"input_tokens": 1}' }] }];
  const response = { output, metadata: { usage: { input_tokens: 999 } }, usage, user: null };
  expect(counted(event({ type: "response.completed", response }))).toEqual({
    ...{ in: 8, out: 9, cached: 4, reasoning: 3, estimated: false },
  });
});

test("vectors have a prompt alone, speech that was written down has none", () => {
  expect(counted('{"data":[],"usage":{"prompt_tokens":6,"total_tokens":6}}')).toEqual({ ...counts, in: 6, out: 0 });
  expect(counted('{"text":"a","usage":{"type":"duration","seconds":3}}')).toBeNull();
});

test.each([
  ["nothing is said", '{"choices":[]}'],
  ["it is null", '{"choices":[],"usage":null}'],
  ["it is no object", '{"usage":[1]}'],
  ["it is broken off", '{"usage":{"prompt_tokens":6'],
  ["its numbers are none", '{"usage":{"prompt_tokens":-1,"completion_tokens":"6"}}'],
  ["it is a text", '{"choices":[{"message":{"content":"\\"usage\\":{\\"prompt_tokens\\":6}"}}]}'],
])("where %s nobody has counted", (_, body) => {
  expect(counted(body)).toBeNull();
});

test("however an answer comes in pieces, and in chunks of its coding, its end is found", () => {
  const usage = { prompt_tokens: 12, completion_tokens: 34 };
  const body = `{"choices":[{"message":{"content":"${"x".repeat(20_000)}"}}],"usage":${JSON.stringify(usage)}}`;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9000 })), fc.boolean(), (sizes, coded) => {
      const parts: string[] = [];
      let at = 0;
      for (const size of sizes) {
        parts.push(body.slice(at, at + size));
        at += size;
      }
      parts.push(body.slice(at));
      const pieces = parts.filter((part) => part !== "");
      const sent = coded ? pieces.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`) : pieces;
      expect(counted(...sent)).toEqual({ ...counts, in: 12, out: 34 });
    }),
  );
});
