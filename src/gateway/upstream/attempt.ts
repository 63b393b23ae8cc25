/** One request to one engine. Tells its exchange what comes back, and nothing any more once it is cancelled. */
import type { IncomingHttpHeaders } from "node:http";
import type { Grant } from "../../link/link.ts";
import { AnswerEnds } from "./answer-ends.ts";
import type { AnswerHead } from "./answer-head.ts";
import type { AnswerListener } from "./connection.ts";
import type { Sending } from "./sending.ts";

export interface AttemptListener {
  /** Body bytes; the status and headers are in the attempt by now. */
  bytes(attempt: Attempt, bytes: Buffer): void;
  /** Body bytes still in their chunked coding, whole chunks. */
  chunks(attempt: Attempt, bytes: Buffer): void;
  ended(attempt: Attempt): void;
  failed(attempt: Attempt, error: Error): void;
}

/** What carries attempts to one engine: its pool of connections. */
export interface Upstream {
  /** `headers`: names and values in turn. The listener hears nothing before this returns. */
  post(path: string, headers: string[], body: Buffer, listener: AnswerListener): UnderWay;
}

/** One request under way. */
type UnderWay = Pick<Sending, "close" | "pause" | "resume">;

export class Attempt implements AnswerListener {
  readonly grant: Grant;
  /** 0 until the headers came. */
  status = 0;
  headers: IncomingHttpHeaders = {};
  paused = false;
  /** Of its body. */
  readonly ends = new AnswerEnds();
  readonly #listener: AttemptListener;
  /** Null before it was sent and from its end on: another request may have the connection then. */
  #connection: UnderWay | null = null;

  constructor(grant: Grant, listener: AttemptListener) {
    this.grant = grant;
    this.#listener = listener;
  }

  send(upstream: Upstream, path: string, headers: string[], body: Buffer): void {
    this.#connection = upstream.post(path, headers, body, this);
  }

  /** Ends the engine's work on it: its connection is cut. */
  cancel(): void {
    this.#connection?.close();
    this.#connection = null;
  }

  pause(): void {
    this.paused = true;
    this.#connection?.pause();
  }

  resume(): void {
    this.paused = false;
    this.#connection?.resume();
  }

  begun({ status, headers }: AnswerHead): void {
    this.status = status;
    this.headers = headers;
  }

  data(bytes: Buffer): void {
    this.ends.take(bytes);
    this.#listener.bytes(this, bytes);
  }

  chunks(bytes: Buffer): void {
    this.ends.take(bytes);
    this.#listener.chunks(this, bytes);
  }

  ended(): void {
    this.#connection = null;
    this.#listener.ended(this);
  }

  failed(error: Error): void {
    this.#connection = null;
    this.#listener.failed(this, error);
  }
}
