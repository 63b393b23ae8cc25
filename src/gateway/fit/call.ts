/** One call to an engine: in the client's own words, or in OpenAI's with the answer told back. */

import type { RequestBody } from "../body/request-body.ts";
import type { About, AnswerTranslation, Clock } from "../dialects/translation.ts";

export interface EngineCall {
  /** The engine's route; null where nothing is asked of it. */
  path: string | null;
  /** With its `?`, or empty. */
  query: string;
  body: RequestBody;
  /** Null where the engine's answer is the client's. */
  answer: ((about: About, clock: Clock) => AnswerTranslation) | null;
  /** Names of the fixups that changed its body. */
  applied: string[];
  /** What else the client is told of it in `x-hearth-fixups`. */
  notes: string[];
}

/** Statuses of an engine that has no such route. */
const unknownRoute = new Set([404, 405, 501]);
/** ... or that takes less on it than its clients send. It has done nothing yet, so another call may be tried. */
const notUnderstood = new Set([...unknownRoute, 400, 415, 422]);

export function lacksRoute(status: number): boolean {
  return unknownRoute.has(status);
}

/** The call to try after `call` was answered with `status`, or null where that is the answer. */
export function callAfter(calls: EngineCall[], call: EngineCall, status: number): EngineCall | null {
  return notUnderstood.has(status) ? (calls[calls.indexOf(call) + 1] ?? null) : null;
}
