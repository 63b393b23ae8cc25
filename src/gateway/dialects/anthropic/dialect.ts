/** Anthropic's errors, and what its clients are told while they wait. */

import { type ProblemCode, type ProblemData, problemCatalogue } from "../../../domain/problem.ts";
import type { Dialect } from "../dialect.ts";
import { anthropicMessage } from "../full-window.ts";
import { event } from "./event.ts";
import { anthropicLimitHeaders } from "./limit-headers.ts";

export const anthropicDialect: Dialect = {
  streamType: "text/event-stream; charset=utf-8",
  eventEnd: "\n\n",
  idHeader: "request-id",
  limitHeaders: anthropicLimitHeaders,
  isEngines: false,
  errorBody: (problem, { id }) => JSON.stringify({ type: "error", error: errorObject(problem), request_id: id }),
  streamError: (problem, { id }) => event("error", { error: errorObject(problem), request_id: id }),
  waiting: ({ place, phase, percent, secondsLeft }) =>
    event("ping", { waiting: { place, phase, percent, seconds_left: secondsLeft } }),
  thought: null,
};

const ownTypes: Partial<Record<ProblemCode, string>> = {
  model_not_found: "not_found_error",
  route_not_found: "not_found_error",
  request_too_large: "request_too_large",
  model_loading: "overloaded_error",
  model_unavailable: "overloaded_error",
  insufficient_memory: "overloaded_error",
  server_busy: "overloaded_error",
  shutting_down: "overloaded_error",
  engine_stalled: "timeout_error",
};

function errorObject(problem: ProblemData): Record<string, unknown> {
  const { code, param, retryAfterSeconds, data } = problem;
  const { kind } = problemCatalogue[code];
  return {
    ...data,
    ...(retryAfterSeconds === undefined ? {} : { retry_after_seconds: Math.max(1, Math.ceil(retryAfterSeconds)) }),
    type: ownTypes[code] ?? (kind === "server_error" ? "api_error" : kind),
    message: anthropicMessage(problem),
    code,
    ...(param === undefined ? {} : { param }),
  };
}
