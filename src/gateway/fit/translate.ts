/** A request of another API, as it is to be asked of an engine. */
import { Problem } from "../../domain/problem.ts";
import { understandBody } from "../body/request-body.ts";
import type { RelayRoute } from "../dialects/api.ts";
import type { Asked, Translation } from "../dialects/translation.ts";
import type { EngineCall } from "./call.ts";

export interface Translated extends Pick<Asked, "streaming" | "leftOut" | "replaced" | "residence" | "only"> {
  call: EngineCall;
}

/** `bytes`: known to be a JSON object. Throws a Problem (`invalid_request`). */
export function translate(route: RelayRoute, translation: Translation, bytes: Buffer): Translated {
  try {
    const { path, body, answer, ...asked } = translation(JSON.parse(bytes.toString("utf8")));
    const understood = understandBody(route, "application/json", Buffer.from(JSON.stringify(body)));
    return { ...asked, call: { path, query: "", body: understood, answer } };
  } catch (error) {
    // The stack's end: writing JSON goes as deep as its values do.
    if (error instanceof RangeError) throw new Problem("invalid_request", "The body is nested too deeply.");
    throw error;
  }
}
