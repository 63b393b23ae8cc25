/** An engine's error answer in the client's dialect. What already is an error object passes untouched. */
import { isObject, type JsonObject } from "../../domain/json-object.ts";
import { engineProblem } from "../dialects/chat/engine-problem.ts";
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
  const problem = engineProblem(about.model, status, body.toString("utf8"));
  // Instead of an answer.
  const event = dialect.streamError(problem, about, false, "");
  return { body: dialect.errorBody(problem, about), contentType: "application/json", event };
}

function parsed(body: Buffer): JsonObject | null {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
