/** What an engine answered, told to the client: as it is, or in the words of the client's API. */
import type { IncomingHttpHeaders } from "node:http";
import type { ProblemData } from "../../domain/problem.ts";
import { engineProblem, overflowProblem } from "../dialects/chat/engine-problem.ts";
import type { Accepted } from "./accepted.ts";
import type { ClientAnswer } from "./client-answer.ts";
import { engineError } from "./engine-error.ts";
import { responseHeaders } from "./headers.ts";
import { JsonWatch } from "./json-watch.ts";
import type { AskedPhase } from "./phases.ts";
import { type AnswerWatch, StreamWatch } from "./stream-watch.ts";

/** More of an error's body than this is not kept. */
const errorBodyLimit = 64 * 1024;

/** `hold`: room in memory for so many bytes; without it the status says what counts. */
export function keepError(kept: Buffer[], chunk: Buffer, hold: Accepted["hold"]): void {
  const bytes = kept.reduce((sum, { length }) => sum + length, 0);
  if (bytes < errorBodyLimit && hold(chunk.length)) kept.push(chunk);
}

/** An error that takes the place of an answer begins like this. */
const errorStart = 200;

/** What the first bytes of an answer say of a full window: engines that stream have answered 200 before they count. */
export function overflowAtStart(model: string, bytes: Buffer): ProblemData | null {
  if (!bytes.subarray(0, errorStart).includes('"error"')) return null;
  const text = bytes.toString("utf8");
  const json = text.slice(text.indexOf("{"));
  return [json, json.split("\n", 1)[0]!].map((one) => overflowProblem(model, one)).find((one) => one !== null) ?? null;
}

/** The engine's head. `own`: names and values of headers beside the engine's. */
export function beginAsEngine(answer: ClientAnswer, asked: AskedPhase, accepted: Accepted, own: string[]): void {
  const { attempt, translation } = asked;
  const { status, headers } = attempt;
  const type = translation?.contentType ?? null;
  const isStream = type === null ? isEventStream(headers) : accepted.streaming;
  const changed: IncomingHttpHeaders = {
    ...headers,
    ...(type === null ? {} : { "content-type": type }),
    ...(translation === null ? {} : { "content-length": undefined }),
    // A stream says of itself how it is passed on, and gets signs of life that no engine has counted.
    ...(isStream ? { "content-length": undefined, "cache-control": undefined, "x-accel-buffering": undefined } : {}),
  };
  answer.begin(status, responseHeaders(changed, own), isStream, watchOf(asked, accepted));
}

/** Translations know by themselves what is whole. */
function watchOf({ attempt: { headers }, call }: AskedPhase, { route }: Accepted): AnswerWatch | null {
  const { "content-type": type = "", "content-encoding": coding = "identity" } = headers;
  if (call.path !== route.path || coding !== "identity") return null;
  if (/^application\/json\b/i.test(type)) return new JsonWatch();
  return route.streamEnd !== undefined && isEventStream(headers) ? new StreamWatch(route.streamEnd) : null;
}

/** An engine that has nothing to say of what it calls events, or JSON. */
export function isMissing({ attempt: { status, headers } }: AskedPhase): boolean {
  const { "content-type": type = "" } = headers;
  return status !== 204 && /^(?:text\/event-stream|application\/json)\b/i.test(type);
}

/** Nothing can be said between events that are compressed. */
function isEventStream({
  "content-type": type = "",
  "content-encoding": coding = "identity",
}: IncomingHttpHeaders): boolean {
  return /^text\/event-stream\b/i.test(type) && coding === "identity";
}

/** The engine's error, whole. */
export function failAsEngine(answer: ClientAnswer, asked: AskedPhase, accepted: Accepted): void {
  const { status, headers } = asked.attempt;
  const { model, route } = accepted;
  const body = Buffer.concat(asked.error);
  const problem = engineProblem(model, status, body.toString("utf8"));
  const isNative = asked.call.path === route.path && route.dialect.isEngines;
  if (!isNative || problem.code === "context_length_exceeded") {
    answer.fail(problem);
    return;
  }
  const type = String(headers["content-type"] ?? "");
  const error = engineError(route.dialect, accepted, status, type, body);
  const kept = responseHeaders({ ...headers, "content-type": error.contentType, "content-length": undefined }, []);
  answer.failWith(error.body, error.event, status, kept);
}
