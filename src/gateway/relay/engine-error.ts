/** An engine's error answer in the client's dialect. What already is an error object passes untouched. */
import { isObject, type JsonObject } from "../../domain/json-object.ts";
import type { ProblemData } from "../../domain/problem.ts";
import type { Dialect } from "../dialects/dialect.ts";
import type { About } from "../dialects/translation.ts";

/** `event`: the same as a stream's last words. */
export function engineError(
  dialect: Dialect,
  about: About & { model: string },
  status: number,
  contentType: string,
  body: Buffer,
): { body: Buffer | string; contentType: string; event: string } {
  const answer = parsed(body);
  if (isObject(answer?.error)) {
    return { body, contentType, event: `data: ${JSON.stringify(answer)}\n\n` };
  }
  const problem = asProblem(about.model, status, answer);
  // Instead of an answer.
  const event = dialect.streamError(problem, about, false);
  return { body: dialect.errorBody(problem, about), contentType: "application/json", event };
}

function asProblem(model: string, status: number, answer: JsonObject | null): ProblemData {
  const said = answer?.message ?? answer?.detail ?? answer?.error;
  const words = typeof said === "string" ? said : said === undefined ? "no reason given" : JSON.stringify(said);
  return {
    code: status >= 500 ? "engine_failed" : "invalid_request",
    message: `The engine of ${model} answered ${status}: ${words}`,
    data: { engine_status: status },
  };
}

function parsed(body: Buffer): JsonObject | null {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
