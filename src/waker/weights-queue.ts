/** Weights that somebody has asked for ahead of time, or wants checked: one job after the other, for all to see. */

import type { ModelSpec } from "../domain/model.ts";
import { Problem } from "../domain/problem.ts";
import type { WeightsJob } from "../domain/weights.ts";
import { now } from "./clock.ts";
import type { WeightsKeeper } from "./weights-keeper.ts";

export interface QueueParts {
  keeper: Pick<WeightsKeeper, "fetch" | "verify">;
  /** The present specification of a model. */
  specOf: (model: string) => ModelSpec | undefined;
  /** `weights.limit`: bytes per second; null = none. */
  limit: () => number | null;
  /** Something about the jobs has changed. */
  changed: () => void;
  /** A job has come to its end, well or not. */
  over: (job: WeightsJob, error: Error | null) => void;
}

interface Entry {
  job: WeightsJob;
  abort: AbortController;
  done: PromiseWithResolvers<void>;
}

/** What failed is shown for so long, and no more of it than that. */
const mostFailed = 20;

export class WeightsQueue {
  readonly #parts: QueueParts;
  #entries: Entry[] = [];
  #failed: WeightsJob[] = [];
  #closed = false;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** The one that runs first, then those that wait, then what failed. */
  jobs(): WeightsJob[] {
    return [...this.#entries.map(({ job }) => job), ...this.#failed].map((job) => ({ ...job }));
  }

  /** Joins the same job where there is one. Resolves when it is done; rejects with a Problem. */
  add(model: string, act: WeightsJob["act"], limit: number | null): Promise<void> {
    if (this.#closed) return Promise.reject(new Problem("shutting_down", "Hearth is stopping. Ask again."));
    const same = this.#entries.find(({ job }) => job.model === model && job.act === act);
    if (same !== undefined) return same.done.promise;
    this.#failed = this.#failed.filter((job) => job.model !== model);
    const job: WeightsJob = {
      ...{ model, act, state: "waiting", what: null, doneBytes: 0, totalBytes: null },
      ...{ limit: limit ?? this.#parts.limit(), failure: null, at: now() },
    };
    const entry = { job, abort: new AbortController(), done: Promise.withResolvers<void>() };
    // Whoever asked may not wait for it.
    entry.done.promise.catch(() => {});
    this.#entries.push(entry);
    this.#parts.changed();
    if (this.#entries.length === 1) void this.#work();
    return entry.done.promise;
  }

  /** Ends every job of a model; what came of it is kept for the next time. False where there is none. */
  cancel(model: string): boolean {
    const ours = this.#entries.filter(({ job }) => job.model === model);
    for (const entry of ours) {
      entry.abort.abort(new Problem("model_unavailable", `${entry.job.act} of ${model} was cancelled.`));
      if (entry.job.state === "waiting") this.#end(entry, entry.abort.signal.reason as Error);
    }
    const told = this.#failed.length;
    this.#failed = this.#failed.filter((job) => job.model !== model);
    if (told !== this.#failed.length) this.#parts.changed();
    return ours.length > 0;
  }

  /** Ends the one that runs; nothing begins any more. What came is kept. */
  close(): void {
    this.#closed = true;
    for (const { abort } of this.#entries) abort.abort(new Problem("shutting_down", "Hearth is stopping."));
  }

  async #work(): Promise<void> {
    for (let entry = this.#entries[0]; entry !== undefined; entry = this.#entries[0]) {
      entry.job.state = "running";
      this.#parts.changed();
      const error = await this.#run(entry).then(
        () => null,
        (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason))),
      );
      this.#end(entry, error);
    }
  }

  async #run({ job, abort: { signal } }: Entry): Promise<void> {
    signal.throwIfAborted();
    const spec = this.#parts.specOf(job.model);
    if (spec === undefined) throw new Problem("model_not_found", `${job.model} is not served here any more.`);
    const { keeper, changed } = this.#parts;
    const onProgress = (progress: Pick<WeightsJob, "doneBytes" | "totalBytes"> & { what: string }) => {
      Object.assign(job, progress);
      changed();
    };
    if (job.act === "verify") await keeper.verify(spec, { signal, onProgress });
    else await keeper.fetch(spec, { signal, onProgress, limit: job.limit });
  }

  #end(entry: Entry, error: Error | null): void {
    const at = this.#entries.indexOf(entry);
    if (at === -1) return;
    this.#entries.splice(at, 1);
    const { job, abort, done } = entry;
    if (error === null) done.resolve();
    else {
      if (!abort.signal.aborted) {
        Object.assign(job, { state: "failed", failure: error.message });
        this.#failed = [...this.#failed, job].slice(-mostFailed);
      }
      done.reject(error);
    }
    this.#parts.changed();
    if (!abort.signal.aborted) this.#parts.over(job, error);
  }
}
