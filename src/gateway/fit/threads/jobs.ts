/** What the threads for large bodies are given, and what comes back; all of it can be sent from thread to thread. */
import type { ProblemData } from "../../../domain/problem.ts";
import type { RequestBody } from "../../body/request-body.ts";
import type { Translated } from "../translate.ts";

/** `route`: its place in `relayRoutes`. `bytes`: moved, not copied, and moved back. */
export type Job =
  | { kind: "understand"; route: number; contentType: string; bytes: Uint8Array }
  | { kind: "translate"; route: number; bytes: Uint8Array };

/** A body whose bytes have crossed threads. */
export type MovedBody = Omit<RequestBody, "bytes"> & { bytes: Uint8Array };

export interface MovedTranslation {
  asked: Omit<Translated, "call">;
  path: string | null;
  body: MovedBody;
  /** The request as it came. */
  came: Uint8Array;
  /** See `outline.ts`. */
  outline: Record<string, unknown>;
}

/** One that cannot be told in OpenAI's words. */
export interface MovedRequest {
  untold: ProblemData;
  came: Uint8Array;
}

export interface Results {
  understand: MovedBody;
  translate: MovedTranslation | MovedRequest;
}

/** A Problem loses what it says on its way from thread to thread, so it goes as data. */
export type Outcome<Kind extends Job["kind"]> = { result: Results[Kind] } | { problem: ProblemData };
