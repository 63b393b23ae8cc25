/** One request to one engine. Tells its exchange what comes back, and nothing any more once it is cancelled. */
import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { Grant } from "../../link/link.ts";

export interface AttemptListener {
  /** Body bytes; the status and headers are in the attempt by now. */
  bytes(attempt: Attempt, chunk: Buffer): void;
  ended(attempt: Attempt): void;
  failed(attempt: Attempt, error: Error): void;
}

export class Attempt implements Dispatcher.DispatchHandler {
  readonly grant: Grant;
  /** 0 until the headers came. */
  status = 0;
  headers: IncomingHttpHeaders = {};
  paused = false;
  readonly #listener: AttemptListener;
  #controller: Dispatcher.DispatchController | null = null;
  #cancelled = false;

  constructor(grant: Grant, listener: AttemptListener) {
    this.grant = grant;
    this.#listener = listener;
  }

  /** Ends the engine's work on it: its connection is cut. */
  cancel(): void {
    this.#cancelled = true;
    this.#controller?.abort(new Error("cancelled"));
  }

  pause(): void {
    this.paused = true;
    this.#controller?.pause();
  }

  resume(): void {
    this.paused = false;
    this.#controller?.resume();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#cancelled) controller.abort(new Error("cancelled"));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.status = status;
    this.headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#cancelled) this.#listener.bytes(this, chunk);
  }

  onResponseEnd(): void {
    if (!this.#cancelled) this.#listener.ended(this);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    this.#listener.failed(this, error);
  }
}
