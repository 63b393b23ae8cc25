/** Nothing starts on memory that is not free. */
import { setTimeout as pause } from "node:timers/promises";
import {
  type HostMemory,
  type HostStrain,
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
import { watchStart } from "./start-watch.ts";

/** A start that finds too little waits this long after the last stop: GPU memory may come back late. */
const lateReleaseSeconds = 60;
const longestPollMilliseconds = 500;

/** What a node says of itself. */
export interface GateParts {
  freshMemory: () => Promise<HostMemory>;
  /** Called before a start on a GPU that shares the host's memory. */
  makeRoom?: MakeRoom | undefined;
  /** How near the host is to hanging. Absent where nobody can say so at once. */
  strain?: (() => HostStrain) | undefined;
}

export class MemoryGate {
  limits: PoolLimits;
  readonly #read: () => Promise<HostMemory>;
  readonly #makeRoom: MakeRoom | undefined;
  readonly #strain: (() => HostStrain) | undefined;
  #releasing = new Set<Promise<void>>();
  #lastStopAt = Number.NEGATIVE_INFINITY;

  constructor(limits: PoolLimits, { freshMemory, makeRoom, strain }: GateParts) {
    this.limits = limits;
    this.#read = freshMemory;
    this.#makeRoom = makeRoom;
    this.#strain = strain;
  }

  /** The signal that it returns aborts where the start must end before the machine hangs; `kill` is called then. */
  watch({ id }: ModelSpec, until: AbortSignal, kill: () => void): AbortSignal {
    if (this.#strain === undefined) return until;
    return watchStart(id, { strain: this.#strain, limits: this.limits.host }, until, kill);
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
