import type { WakerEvent } from "../link/link.ts";
import { now } from "./clock.ts";

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
