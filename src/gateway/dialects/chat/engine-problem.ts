/** An engine's error, in whatever form it came, as a problem that every API can tell. */
import type { ProblemCode, ProblemData } from "../../../domain/problem.ts";
import { fields } from "./read-message.ts";

/** `body`: the error answer's, or an error event's. */
export function engineProblem(model: string, status: number, body: string): ProblemData {
  const outer = parsed(body);
  const error = typeof outer.error === "object" ? fields(outer.error) : outer;
  const said = error.message ?? outer.detail ?? outer.error;
  const words = typeof said === "string" ? said : said === undefined ? "no reason given" : JSON.stringify(said);
  return {
    code: codeOf(status, error.code, words),
    message: `The engine of ${model} answered ${status}: ${words}`,
    ...(typeof error.param === "string" ? { param: error.param } : {}),
    data: { engine_status: status },
  };
}

function parsed(body: string): Record<string, unknown> {
  try {
    return fields(JSON.parse(body));
  } catch {
    return {};
  }
}

function codeOf(status: number, code: unknown, words: string): ProblemCode {
  if (status >= 500) return "engine_failed";
  if (status === 413) return "request_too_large";
  if (status === 429) return "rate_limit_exceeded";
  if (code === "context_length_exceeded" || /maximum context length/i.test(words)) return "context_length_exceeded";
  return "invalid_request";
}

/** An answer with status 200 that is not what it should be. */
export function notAnAnswer(model: string, what: string): ProblemData {
  return {
    code: "engine_failed",
    message: `The engine of ${model} ${what}. Ask again; \`hearth logs ${model}\` may show why.`,
  };
}
