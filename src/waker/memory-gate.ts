/** Nothing starts on memory that is not free. */
import { setTimeout as pause } from "node:timers/promises";
import {
  type HostMemory,
  type MemoryLimits,
  type MemorySample,
  memoryIsBack,
  memoryRefusal,
} from "../domain/memory.ts";
import { Problem } from "../domain/problem.ts";
import { now } from "./clock.ts";

/** A start that finds too little waits this long after the last stop: GPU memory may come back late. */
const lateReleaseSeconds = 60;
const longestPollMilliseconds = 500;

export class MemoryGate {
  limits: MemoryLimits;
  readonly #read: () => HostMemory;
  #releasing = new Set<Promise<void>>();
  #lastStopAt = Number.NEGATIVE_INFINITY;

  constructor(limits: MemoryLimits, read: () => HostMemory) {
    this.limits = limits;
    this.#read = read;
  }

  /** Resolves when the memory of an engine whose processes are gone is back. Later starts wait for it too. */
  released(heldGiB: number): Promise<void> {
    this.#lastStopAt = now();
    const done = this.#pollRelease(heldGiB).finally(() => this.#releasing.delete(done));
    this.#releasing.add(done);
    return done;
  }

  /** Resolves when the model may be started; rejects with `insufficient_memory` and every number when it may not. */
  async admit(model: string, needGiB: number, signal: AbortSignal): Promise<void> {
    await Promise.all(this.#releasing);
    for (;;) {
      signal.throwIfAborted();
      const refusal = memoryRefusal(model, needGiB, this.#read(), this.limits);
      if (refusal === null) return;
      if (now() - this.#lastStopAt >= lateReleaseSeconds) throw new Problem("insufficient_memory", refusal);
      await pause(longestPollMilliseconds, undefined, { signal });
    }
  }

  async #pollRelease(heldGiB: number): Promise<void> {
    const samples: MemorySample[] = [];
    for (let wait = 20; ; wait = Math.min(wait * 1.5, longestPollMilliseconds)) {
      samples.push({ at: now(), availableGiB: this.#read().availableGiB });
      if (memoryIsBack(samples, heldGiB)) return;
      await pause(wait);
    }
  }
}
