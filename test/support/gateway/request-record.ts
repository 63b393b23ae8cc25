import type { RequestRecord } from "../../../src/domain/request-record.ts";

/** A request that was served, with what a test wants otherwise. */
export const requestRecord = (changes: Partial<RequestRecord> = {}): RequestRecord => ({
  ...{ id: "r", at: 1, key: "ann", api: "OpenAI", route: "/v1/chat/completions", modelAsked: "a", modelServed: "a" },
  ...{ status: 200, problem: null, streaming: true, waitMs: 1, firstByteMs: 2, totalMs: 3, requestBytes: 4 },
  ...{ loadMs: 0, machineMs: 2, tokensPerSecond: 50 },
  tokens: { in: 10, out: 20, cached: 0, reasoning: 0, estimated: false },
  ...{ answerBytes: 5, caused: null, fixups: ["flatten-text"], ...changes },
});
