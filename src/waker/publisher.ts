/** What the waker tells: words for its log, events for whoever listens. Prompts and answers never reach either. */
import type { Logger } from "pino";
import type { WakerEvent } from "../link/link.ts";
import { now } from "./clock.ts";

/** What the waker needs of a logger. */
export type WakerLog = Pick<Logger, "debug" | "info" | "warn" | "error">;

/** Hands events to whoever listens at the moment. */
export class Publisher {
  readonly #listeners = new Set<(event: WakerEvent) => void>();
  readonly #onError: (error: unknown) => void;

  /** `onError`: a listener threw; the others are served all the same. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  subscribe(listener: (event: WakerEvent) => void): () => void {
    // Wrapped, so that one function may subscribe twice.
    const entry = (event: WakerEvent) => listener(event);
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  publish(event: Omit<WakerEvent, "at">): void {
    const stamped = { at: now(), ...event };
    for (const listener of this.#listeners) {
      try {
        listener(stamped);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
