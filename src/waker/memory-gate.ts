/** Nothing starts on memory that is not free. */
import { setTimeout as pause } from "node:timers/promises";
import {
  type HostMemory,
  type MemorySample,
  memoryIsBack,
  type PoolLimits,
  type PoolMemory,
  startRefusal,
  usesGpu,
} from "../domain/memory.ts";
import type { ModelSpec } from "../domain/model.ts";
import { OutsideProblem } from "../domain/outside.ts";
import { now } from "./clock.ts";
import type { MakeRoom } from "./page-cache.ts";

/** A start that finds too little waits this long after the last stop: GPU memory may come back late. */
const lateReleaseSeconds = 60;
const longestPollMilliseconds = 500;

export class MemoryGate {
  limits: PoolLimits;
  readonly #read: () => Promise<HostMemory>;
  readonly #makeRoom: MakeRoom | undefined;
  #releasing = new Set<Promise<void>>();
  #lastStopAt = Number.NEGATIVE_INFINITY;

  /** `makeRoom`: called before a start on a GPU that shares the host's memory. */
  constructor(limits: PoolLimits, read: () => Promise<HostMemory>, makeRoom?: MakeRoom) {
    this.limits = limits;
    this.#read = read;
    this.#makeRoom = makeRoom;
  }

  /** Resolves when the memory of an engine whose processes are gone is back. Later starts wait for it too. */
  released(spec: ModelSpec, heldGiB: number): Promise<void> {
    this.#lastStopAt = now();
    const done = this.#pollRelease(spec, heldGiB).finally(() => this.#releasing.delete(done));
    this.#releasing.add(done);
    return done;
  }

  /**
   * Resolves with the pool that it is started on when the model may be started; rejects with `insufficient_memory` and
   * every number when it may not.
   */
  async admit(spec: ModelSpec, signal: AbortSignal): Promise<PoolMemory> {
    await Promise.all(this.#releasing);
    for (;;) {
      signal.throwIfAborted();
      const host = await this.#read();
      const refusal = startRefusal(spec, host, this.limits);
      if (refusal === null) {
        if (usesGpu(spec) && host.card === undefined) await this.#makeRoom?.(spec);
        return poolOf(spec, host);
      }
      if (now() - this.#lastStopAt >= lateReleaseSeconds) throw new OutsideProblem("insufficient_memory", refusal);
      await pause(longestPollMilliseconds, undefined, { signal });
    }
  }

  async #pollRelease(spec: ModelSpec, heldGiB: number): Promise<void> {
    const samples: MemorySample[] = [];
    for (let wait = 20; ; wait = Math.min(wait * 1.5, longestPollMilliseconds)) {
      const host = await this.#read();
      const { availableGiB } = poolOf(spec, host);
      samples.push({ at: now(), availableGiB });
      if (memoryIsBack(samples, heldGiB)) return;
      await pause(wait);
    }
  }
}

function poolOf(spec: ModelSpec, host: HostMemory): PoolMemory {
  return usesGpu(spec) ? (host.card ?? host) : host;
}
