/** Anthropic's errors, and what its clients are told while they wait. */
import { type ProblemCode, type ProblemData, problemCatalogue } from "../../../domain/problem.ts";
import type { Dialect } from "../dialect.ts";
import { event } from "./event.ts";

export const anthropicDialect: Dialect = {
  streamType: "text/event-stream; charset=utf-8",
  eventEnd: "\n\n",
  idHeader: "request-id",
  isEngines: false,
  errorBody: (problem, { id }) => JSON.stringify({ type: "error", error: errorObject(problem), request_id: id }),
  streamError: (problem, { id }) => event("error", { error: errorObject(problem), request_id: id }),
  waiting: ({ place, phase, percent, secondsLeft }) =>
    event("ping", { waiting: { place, phase, percent, seconds_left: secondsLeft } }),
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
    message: messageOf(problem),
    code,
    ...(param === undefined ? {} : { param }),
  };
}

/** Claude Code reads these two sentences of Anthropic's and shortens its prompt, or asks for less. */
function messageOf({ code, message, data }: ProblemData): string {
  if (code !== "context_length_exceeded") return message;
  const { prompt_tokens_at_least: prompt, max_tokens: most, context_window: window } = data ?? {};
  if (typeof prompt === "number" && typeof window === "number" && typeof most === "number" && prompt < window) {
    return `input length and \`max_tokens\` exceed context limit: ${prompt} + ${most} > ${window}. ${message}`;
  }
  const numbers =
    typeof prompt === "number" && typeof window === "number" ? `: ${prompt} tokens > ${window} maximum` : "";
  return `prompt is too long${numbers}. ${message}`;
}
