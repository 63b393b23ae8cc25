/**
 * The one port for what becomes of relayed requests: each leaves one record when it is over, served, refused or left.
 * Metrics, log and store listen.
 */
import type { ProblemCode } from "../../domain/problem.ts";
import type { Caused, RequestRecord } from "../../domain/request-record.ts";

export type RecordListener = (record: RequestRecord) => void;

/** What a client that went away is counted as. */
export const clientClosed = 499;

/** Names are people's: a client may send a whole prompt as one. */
const longestName = 200;

/** What the client was told in the end. */
export interface End {
  status: number;
  problem: ProblemCode | null;
  /** Bytes of the answer's body. */
  bytes: number;
}

/** The record of a request that is under way; the stages note what they learn. */
export class OpenRecord {
  key: string | null = null;
  /** Canonical id. */
  modelServed: string | null = null;
  streaming = false;
  requestBytes = 0;
  /** Names of what was corrected. */
  readonly fixups = new Set<string>();
  firstByteMs: number | null = null;
  #modelAsked: string | null = null;
  /** Until its latest lease. */
  #waitMs: number | null = null;
  #caused: Caused | null = null;
  readonly #about: Pick<RequestRecord, "id" | "api" | "route">;
  readonly #listeners: RecordListener[];
  readonly #at = Date.now() / 1000;
  readonly #startedAt = performance.now();

  constructor(about: Pick<RequestRecord, "id" | "api" | "route">, listeners: RecordListener[]) {
    this.#about = about;
    this.#listeners = listeners;
  }

  set modelAsked(name: string | null) {
    this.#modelAsked = name === null ? null : name.slice(0, longestName);
  }

  /** It has its engine, perhaps not for the first time. */
  granted(waitMs: number, caused: Caused | undefined): void {
    this.#waitMs = waitMs;
    if (caused !== undefined) this.#caused = caused;
  }

  /** Once. */
  close({ status, problem, bytes }: End): void {
    const { key, modelServed, streaming, requestBytes, firstByteMs, fixups } = this;
    const record: RequestRecord = {
      ...this.#about,
      at: this.#at,
      key,
      modelAsked: this.#modelAsked,
      modelServed,
      status,
      problem,
      streaming,
      waitMs: this.#waitMs,
      firstByteMs,
      totalMs: performance.now() - this.#startedAt,
      requestBytes,
      answerBytes: bytes,
      caused: this.#caused,
      fixups: [...fixups],
    };
    for (const listener of this.#listeners) listener(record);
  }
}
