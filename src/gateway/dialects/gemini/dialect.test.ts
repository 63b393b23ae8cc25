import { expect, test } from "vitest";
import { type ProblemCode, problemCatalogue } from "../../../domain/problem.ts";
import { arrayDialect, geminiDialect } from "./dialect.ts";

const about = { id: "r", model: "m" };

/** https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const rpcCodes = [
  ...["INVALID_ARGUMENT", "UNAUTHENTICATED", "PERMISSION_DENIED", "NOT_FOUND", "UNIMPLEMENTED"],
  ...["RESOURCE_EXHAUSTED", "INTERNAL", "UNAVAILABLE", "DEADLINE_EXCEEDED"],
];

test.each(Object.keys(problemCatalogue) as ProblemCode[])("%s is told as a google.rpc.Status", (code) => {
  const { error } = JSON.parse(geminiDialect.errorBody({ code, message: "so it is", param: "contents" }, about));
  expect(error).toMatchObject({
    code: problemCatalogue[code].status,
    message: expect.stringMatching(/so it is$/),
    details: [{ reason: code.toUpperCase(), domain: "hearth", metadata: { param: "contents" } }],
  });
  expect(rpcCodes).toContain(error.status);
});

test("when to ask again stands where Google's clients look for it", () => {
  const body = geminiDialect.errorBody({ code: "queue_full", message: "later", retryAfterSeconds: 4.2 }, about);
  expect(JSON.parse(body).error.details[1]).toEqual({
    "@type": "type.googleapis.com/google.rpc.RetryInfo",
    retryDelay: "5s",
  });
});

test("a prompt that is too long is told in Google's sentence", () => {
  const data = { prompt_tokens_at_least: 150, context_window: 100, models: ["big"] };
  const body = geminiDialect.errorBody({ code: "context_length_exceeded", message: "Shorten it.", data }, about);
  expect(JSON.parse(body).error).toMatchObject({
    message: "The input token count (150) exceeds the maximum number of tokens allowed (100). Shorten it.",
    details: [{ metadata: { models: '["big"]', context_window: "100" } }],
  });
});

test("in an array, white space is the wait and an error the last element, whatever came before it", () => {
  const waiting = arrayDialect.waiting({ place: 1, phase: "loading", percent: 1, secondsLeft: 1 }, about);
  const broken = { code: "engine_failed", message: "it broke" } as const;
  const error = { error: { status: "INTERNAL", message: "it broke" } };
  expect(JSON.parse(waiting + arrayDialect.streamError(broken, about, false, ""))).toMatchObject([error]);
  expect(JSON.parse(`[{"a":1}${arrayDialect.streamError(broken, about, true, "")}`)).toMatchObject([{ a: 1 }, error]);
});
