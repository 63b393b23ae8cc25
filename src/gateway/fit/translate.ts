/** A request of another API, as it is to be asked of an engine. */

import { exactObject } from "../../domain/exact-json.ts";
import { Problem, type ProblemData } from "../../domain/problem.ts";
import { type RequestBody, understandBody } from "../body/request-body.ts";
import type { RelayRoute } from "../dialects/api.ts";
import type { Asked, Residence } from "../dialects/translation.ts";
import type { EngineCall } from "./call.ts";
import { note } from "./notes.ts";

export interface Translated extends Pick<Asked, "streaming" | "leftOut" | "replaced" | "residence" | "only"> {
  call: EngineCall;
}

/** In OpenAI's words, or why it cannot be told in them; null where its route has no translation. */
export type Told = Translated | Problem | null;

/** `bytes`: known to be a JSON object. */
export function translate(route: RelayRoute, bytes: Buffer): Told {
  if (route.translation === null) return null;
  try {
    const { path, body, answer, ...asked } = route.translation(exactObject(bytes));
    const understood = understandBody(route, "application/json", Buffer.from(JSON.stringify(body)));
    return { ...asked, call: { path, query: "", body: understood, answer, applied: [], notes: [] } };
  } catch (error) {
    if (error instanceof Problem) return error;
    // The stack's end: writing JSON goes as deep as its values do.
    if (error instanceof RangeError) return new Problem("invalid_request", "The body is nested too deeply.");
    throw error;
  }
}

/** How a request can be asked. */
export interface Ways {
  /** Best first; the last one is in OpenAI's words, unless it cannot be told in them. Never empty. */
  calls: EngineCall[];
  streaming: boolean;
  residence: Residence | null;
  /** Why it cannot be told in OpenAI's words: for an engine that knows no others. */
  untranslatable: ProblemData | null;
}

/**
 * The client's own words are judged by the engine that speaks them, and here only where they had to be translated.
 * `query`: with its `?`, or empty. `replaced`: what sentences stand for already. Throws a Problem (`invalid_request`).
 */
export function waysOf(
  route: RelayRoute,
  query: string,
  body: RequestBody,
  told: Told,
  replaced: readonly string[] = [],
): Ways {
  if (told instanceof Problem && !route.native) throw told;
  const native = { path: route.path, query, body, answer: null, applied: [], notes: note("replaced", replaced) };
  if (told === null || told instanceof Problem) {
    const streaming = route.stream === "body" && body.stream;
    return { calls: [native], streaming, residence: null, untranslatable: told?.problem ?? null };
  }
  const { streaming, residence, leftOut, only } = told;
  const notes = [...note("left-out", leftOut), ...note("replaced", [...replaced, ...told.replaced])];
  const call = { ...told.call, notes };
  return { calls: route.native && !only ? [native, call] : [call], streaming, residence, untranslatable: null };
}
