/**
 * The one port for what becomes of relayed requests: each leaves one record when it is over, served, refused or left.
 * Metrics, log and store listen.
 */
import type { ProblemCode } from "../../domain/problem.ts";
import type { Caused, RequestRecord } from "../../domain/request-record.ts";
import type { TokenCounts } from "../../domain/token-counts.ts";
import type { MachineTime } from "./machine-time.ts";

export type RecordListener = (record: RequestRecord) => void;

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
  /** Null until its answer is over, and where it had none. */
  tokens: TokenCounts | null = null;
  #modelAsked: string | null = null;
  /** Until its latest lease. */
  #waitMs: number | null = null;
  #loadMs: number | null = null;
  #caused: Caused | null = null;
  /** Since it has an engine: what the machine's time gave it then. */
  #entered: number | null = null;
  readonly #machine: MachineTime;
  readonly #about: Pick<RequestRecord, "id" | "api" | "route">;
  #listeners: RecordListener[];
  /** When it came. Seconds since the epoch. */
  readonly at = Date.now() / 1000;
  readonly #startedAt = performance.now();

  constructor(about: Pick<RequestRecord, "id" | "api" | "route">, machine: MachineTime, listeners: RecordListener[]) {
    this.#about = about;
    this.#machine = machine;
    this.#listeners = listeners;
  }

  set modelAsked(name: string | null) {
    this.#modelAsked = name === null ? null : name.slice(0, longestName);
  }

  /** It has its engine, perhaps not for the first time. */
  granted(waitMs: number, { caused, loadMs = 0 }: { caused?: Caused; loadMs?: number }): void {
    this.#waitMs = waitMs;
    this.#loadMs = (this.#loadMs ?? 0) + loadMs;
    this.#entered ??= this.#machine.enter(performance.now());
    if (caused !== undefined) this.#caused = caused;
  }

  /** Has one more hear of its end. */
  tell(listener: RecordListener): void {
    this.#listeners = [...this.#listeners, listener];
  }

  /** Once. */
  close({ status, problem, bytes }: End): void {
    const { key, modelServed, streaming, requestBytes, firstByteMs, tokens, fixups } = this;
    const now = performance.now();
    const totalMs = now - this.#startedAt;
    const record: RequestRecord = {
      ...this.#about,
      at: this.at,
      key,
      modelAsked: this.#modelAsked,
      modelServed,
      status,
      problem,
      streaming,
      waitMs: this.#waitMs,
      loadMs: this.#loadMs,
      firstByteMs,
      totalMs,
      machineMs: this.#entered === null ? 0 : this.#machine.leave(this.#entered, now),
      tokens,
      tokensPerSecond: this.#speed(totalMs),
      requestBytes,
      answerBytes: bytes,
      caused: this.#caused,
      fixups: [...fixups],
    };
    for (const listener of this.#listeners) listener(record);
  }

  /** Of a stream the first token has come with its first byte; of a whole answer there is nothing to see before its end. */
  #speed(totalMs: number): number | null {
    if (this.tokens === null || this.firstByteMs === null) return null;
    const [tokens, sinceMs] = this.streaming
      ? [this.tokens.out - 1, this.firstByteMs]
      : [this.tokens.out, this.#waitMs ?? 0];
    const seconds = (totalMs - sinceMs) / 1000;
    return tokens > 0 && seconds > 0 ? tokens / seconds : null;
  }
}
