/** What one engine takes, from its first process to its last. */
import { setTimeout as pause } from "node:timers/promises";
import type { MemoryUse } from "../domain/memory-use.ts";
import type { Engine, EngineMemory } from "./driver.ts";

/** A peak that is shorter than this may be missed; each look asks the daemon and nvidia-smi. */
const everyMilliseconds = 1000;
/** Less is not told again. GiB. */
const noticeable = 0.1;

export class MemorySamples {
  /** The newest that is known. */
  latest: EngineMemory | null = null;
  #peakGiB = 0;
  #restGiB = 0;
  readonly #tell: (use: MemoryUse) => void;

  /** `tell` hears of an engine that is ready, whenever it takes noticeably more than before. */
  constructor(tell: (use: MemoryUse) => void) {
    this.#tell = tell;
  }

  /** Until `until` aborts; `engine` may come late. */
  async watchStart(engine: () => Engine | null, until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      await pause(everyMilliseconds, undefined, { signal: until, ref: false }).catch(() => {});
      const started = engine();
      if (until.aborted || started === null) continue;
      this.#peakGiB = Math.max(this.#peakGiB, (await this.read(started))?.heldGiB ?? 0);
    }
  }

  /** A ready engine. */
  async look(engine: Engine): Promise<void> {
    const heldGiB = (await this.read(engine))?.heldGiB;
    if (heldGiB === undefined || heldGiB < this.#restGiB + noticeable) return;
    this.#restGiB = heldGiB;
    this.#tell({ startPeakGiB: Math.max(this.#peakGiB, heldGiB), restGiB: heldGiB });
  }

  async read(engine: Engine): Promise<EngineMemory | null> {
    this.latest = (await engine.memory()) ?? this.latest;
    return this.latest;
  }
}
