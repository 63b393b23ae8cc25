import { expect, test } from "vitest";
import { eventsIn } from "../../../../test/support/dialects/events-in.ts";
import { type ProblemCode, type ProblemData, problemCatalogue } from "../../../domain/problem.ts";
import { anthropicDialect } from "./dialect.ts";

const about = { id: "r", model: "m" };
const errorOf = (problem: ProblemData) => JSON.parse(anthropicDialect.errorBody(problem, about));

const types: Record<ProblemCode, string> = {
  invalid_json: "invalid_request_error",
  invalid_request: "invalid_request_error",
  model_required: "invalid_request_error",
  context_length_exceeded: "invalid_request_error",
  invalid_api_key: "authentication_error",
  admin_key_required: "permission_error",
  capability_not_allowed: "permission_error",
  role_not_allowed: "permission_error",
  origin_not_allowed: "permission_error",
  model_not_found: "not_found_error",
  route_not_found: "not_found_error",
  method_not_allowed: "invalid_request_error",
  request_timeout: "invalid_request_error",
  request_too_large: "request_too_large",
  unsupported_media_type: "invalid_request_error",
  expectation_failed: "invalid_request_error",
  misdirected_request: "invalid_request_error",
  headers_too_large: "invalid_request_error",
  rate_limit_exceeded: "rate_limit_error",
  outside_hours: "rate_limit_error",
  quota_exceeded: "rate_limit_error",
  queue_full: "rate_limit_error",
  internal_error: "api_error",
  engine_failed: "api_error",
  model_loading: "overloaded_error",
  model_unavailable: "overloaded_error",
  insufficient_memory: "overloaded_error",
  weights_in_use: "invalid_request_error",
  disk_budget_exceeded: "api_error",
  server_busy: "overloaded_error",
  store_unavailable: "api_error",
  request_ends_engine: "invalid_request_error",
  previous_response_not_found: "invalid_request_error",
  response_not_found: "invalid_request_error",
  conversation_not_found: "invalid_request_error",
  not_supported: "invalid_request_error",
  shutting_down: "overloaded_error",
  engine_stalled: "timeout_error",
};

test.each(Object.keys(problemCatalogue) as ProblemCode[])("%s has a type that Anthropic's clients know", (code) => {
  expect(errorOf({ code, message: "so it is" })).toMatchObject({
    type: "error",
    error: { type: types[code], code },
    request_id: "r",
  });
});

test("a prompt or an answer that does not fit is told in the sentences that Claude Code acts on", () => {
  const tooLong = (prompt: number, max_tokens: number | null) =>
    errorOf({
      code: "context_length_exceeded",
      message: "Shorten it.",
      data: { prompt_tokens_at_least: prompt, max_tokens, context_window: 100 },
    }).error.message;
  expect(tooLong(150, 10)).toBe("prompt is too long: 150 tokens > 100 maximum. Shorten it.");
  expect(tooLong(90, 20)).toBe("input length and `max_tokens` exceed context limit: 90 + 20 > 100. Shorten it.");
});

test("a stream's error and the wait are events", () => {
  const progress = { place: 1, phase: "loading", percent: 40, secondsLeft: 12 };
  const text =
    anthropicDialect.waiting(progress, about) +
    anthropicDialect.streamError({ code: "engine_failed", message: "it broke" }, about, false, "");
  expect(eventsIn(text)).toMatchObject([
    { event: "ping", data: { type: "ping", waiting: { percent: 40, seconds_left: 12 } } },
    { event: "error", data: { type: "error", error: { type: "api_error", message: "it broke" } } },
  ]);
});
