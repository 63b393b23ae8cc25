/** What the threads for large bodies are given, and what comes back; all of it can be sent from thread to thread. */
import type { ProblemData } from "../../../domain/problem.ts";
import type { ModelView } from "../../../link/link.ts";
import type { RequestBody } from "../../body/request-body.ts";
import type { RequestNeeds } from "../../models/virtual.ts";
import type { EngineCall } from "../call.ts";
import type { FitParts, FitRequest } from "../draft.ts";
import type { Fitted } from "../fit.ts";
import type { Translated } from "../translate.ts";

/** `route`: its place in `relayRoutes`. `bytes`: moved, not copied, and moved back. */
export type Job =
  | { kind: "understand"; route: number; contentType: string; bytes: Uint8Array }
  | { kind: "translate"; route: number; bytes: Uint8Array }
  | NeedsJob
  | FitJob;

/** `asked`: as an engine is to get it; null where that is as it came. Both stay where they are, too. */
export interface NeedsJob {
  kind: "needs";
  route: number;
  came: MovedBody;
  asked: MovedBody | null;
}

/** `body` and those of `calls` are moved, and moved back. */
export interface FitJob extends Pick<FitRequest, "id" | "query" | "variant" | "streaming" | "fixups"> {
  kind: "fit";
  route: number;
  body: MovedBody;
  calls: MovedCall[];
  client: string;
  model: ModelView;
  others: ModelView[];
  settings: FitParts["settings"];
}

/** `body`: null where it is the request's. `isTold`: its answer is another one than the engine's. */
export interface MovedCall extends Pick<EngineCall, "path" | "query" | "applied" | "notes"> {
  body: MovedBody | null;
  isTold: boolean;
}

/** `model`: its id. `asked`: an outline of what its answer is corrected by; null where it is not. */
export interface MovedFitted extends Pick<Fitted, "insteadOf"> {
  model: string;
  calls: (MovedCall & { asked: Record<string, unknown> | null })[];
  /** The request as it came. */
  came: Uint8Array;
}

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
  needs: RequestNeeds;
  fit: MovedFitted;
}

/** A Problem loses what it says on its way from thread to thread, so it goes as data. */
export type Outcome<Kind extends Job["kind"]> = { result: Results[Kind] } | { problem: ProblemData };

export function here(body: MovedBody): RequestBody {
  return { ...body, bytes: asBuffer(body.bytes) };
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Smaller buffers may share Node's pool with others: they are copied. */
const largestPooled = 64 * 1024;

/** The memory of `buffers` that can go along to another thread. */
export function memoryOf(buffers: readonly Uint8Array[]): ArrayBuffer[] {
  const own = buffers.filter(({ byteLength }) => byteLength > largestPooled);
  return [...new Set(own.map(({ buffer }) => buffer))] as ArrayBuffer[];
}
