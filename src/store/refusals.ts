/** Which files refuse to be written, and since when they have been asked; what that means for health. */
import type { StoreHealth } from "../domain/store-health.ts";
import type { Failure, StoreFile } from "./tasks.ts";

export interface RefusalNews {
  /** A file began to refuse. Once until it is well again. */
  failing: (failure: Failure) => void;
  /** It takes writes again. */
  recovered: (file: StoreFile) => void;
}

export class Refusals {
  readonly #news: RefusalNews;
  readonly #retryMilliseconds: number;
  readonly #files = new Map<StoreFile, { failure: Failure; until: number }>();
  failedWrites = 0;
  droppedWrites = 0;

  constructor(news: RefusalNews, retryMilliseconds: number) {
    this.#news = news;
    this.#retryMilliseconds = retryMilliseconds;
  }

  failed(file: StoreFile, failure: Failure): void {
    this.failedWrites += 1;
    const known = this.#files.has(file);
    this.#files.set(file, { failure, until: performance.now() + this.#retryMilliseconds });
    if (!known) this.#news.failing(failure);
  }

  succeeded(file: StoreFile): void {
    if (this.#files.delete(file)) this.#news.recovered(file);
  }

  has(file: StoreFile): boolean {
    return this.#files.has(file);
  }

  /** Whether it may be asked now. */
  mayTry(file: StoreFile): boolean {
    return (this.#files.get(file)?.until ?? 0) <= performance.now();
  }

  /** `silent`: what is said of a disk that does not answer; null while it does. */
  health(queued: number, silent: string | null): StoreHealth {
    const failure = this.#files.values().next().value?.failure;
    const { failedWrites, droppedWrites } = this;
    return {
      status: failure !== undefined ? "failing" : silent !== null ? "slow" : "ok",
      problem: failure?.remedy ?? silent,
      ...{ queued, failedWrites, droppedWrites },
    };
  }
}
