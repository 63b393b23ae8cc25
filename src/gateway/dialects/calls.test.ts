/** Tool calls, however an engine cuts them up, are the same calls for the clients of every API. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type SentCalls, sentCalls } from "../../../test/support/dialects/call-pieces.ts";
import { type CallingApi, streamingApis, wholeApis } from "../../../test/support/dialects/calls-told.ts";
import { engineStream, said } from "../../../test/support/dialects/engine-stream.ts";

const about = { id: "r", model: "m" };
const clock = { receivedAt: 0, askedAt: 0, now: () => 0 };

function told({ translation, request }: CallingApi, answer: string[]): string {
  const { push, end } = translation(request).answer(about, clock);
  return answer.map((text) => push(Buffer.from(text))).join("") + end();
}

function expectSame({ calls }: SentCalls, read: ReturnType<CallingApi["calls"]>): void {
  expect(read.map(({ name, input }) => ({ name, input }))).toEqual(calls);
  const ids = read.map(({ id }) => id);
  for (const id of ids) expect(id).toEqual(expect.stringMatching(/./));
  expect(new Set(ids).size).toBe(ids.length);
}

describe.each(streamingApis)("$name, streamed", (api) => {
  test("the calls are those that the engine cut up and interleaved", () => {
    fc.assert(
      fc.property(sentCalls, (sent) => {
        const deltas = sent.deltas.map((tool_calls) => ({ delta: { tool_calls } }));
        expectSame(sent, api.calls(told(api, engineStream([deltas, said.finish("tool_calls")]))));
      }),
      { numRuns: 200 },
    );
  });
});

describe.each(wholeApis)("$name, whole", (api) => {
  test("the calls are those of the engine's message", () => {
    fc.assert(
      fc.property(sentCalls, (sent) => {
        const message = { role: "assistant", content: null, tool_calls: sent.message };
        const answer = JSON.stringify({ choices: [{ index: 0, message, finish_reason: "stop" }] });
        expectSame(sent, api.calls(told(api, [answer])));
      }),
    );
  });
});
