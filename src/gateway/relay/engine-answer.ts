/** What an engine answered, told to the client: as it is, or in the words of the client's API. */
import { engineProblem } from "../dialects/chat/engine-problem.ts";
import type { Accepted } from "./accepted.ts";
import type { ClientAnswer } from "./client-answer.ts";
import { engineError } from "./engine-error.ts";
import { responseHeaders } from "./headers.ts";
import type { AskedPhase } from "./phases.ts";

/** More of an error's body than this is not kept. */
const errorBodyLimit = 64 * 1024;

export function keepError(kept: Buffer[], chunk: Buffer): void {
  if (kept.reduce((sum, { length }) => sum + length, 0) < errorBodyLimit) kept.push(chunk);
}

/** The engine's head. `own`: names and values of headers beside the engine's. */
export function beginAsEngine(
  answer: ClientAnswer,
  { attempt: { status, headers }, translation }: AskedPhase,
  streaming: boolean,
  own: string[],
): void {
  if (translation === null) {
    const isEventStream = String(headers["content-type"]).startsWith("text/event-stream");
    answer.begin(status, responseHeaders(headers, own), isEventStream);
  } else {
    const changed = { "content-type": translation.contentType, "content-length": undefined };
    answer.begin(status, responseHeaders({ ...headers, ...changed }, own), streaming);
  }
}

/** The engine's error, whole. */
export function failAsEngine(answer: ClientAnswer, asked: AskedPhase, accepted: Accepted): void {
  const { status, headers } = asked.attempt;
  const { model, route } = accepted;
  const body = Buffer.concat(asked.error);
  if (asked.translation !== null || !route.dialect.isEngines) {
    answer.fail(engineProblem(model, status, body.toString("utf8")));
    return;
  }
  const type = String(headers["content-type"] ?? "");
  const error = engineError(route.dialect, accepted, status, type, body);
  const kept = responseHeaders({ ...headers, "content-type": error.contentType, "content-length": undefined }, []);
  answer.failWith(error.body, error.event, status, kept);
}
