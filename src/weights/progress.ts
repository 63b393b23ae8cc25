/** What a download tells those who wait for it. */
export interface WeightsProgress {
  doneBytes: number;
  /** As they come over the network: may be fewer than the file has. */
  totalBytes: number;
  /** At the pace of the last seconds; null while too little came to say. */
  secondsLeft: number | null;
}

const reportEveryMilliseconds = 250;
const paceOverMilliseconds = 10_000;
const paceFromMilliseconds = 500;

/** Turns byte counts, however often they come, into a few reports a second. */
export class Meter {
  readonly #report: (progress: WeightsProgress) => void;
  readonly #now: () => number;
  #samples: { at: number; done: number }[] = [];
  #total = -1;
  #reportedAt = Number.NEGATIVE_INFINITY;

  constructor(report: (progress: WeightsProgress) => void, now: () => number = () => performance.now()) {
    this.#report = report;
    this.#now = now;
  }

  update(done: number, total: number): void {
    const at = this.#now();
    const last = this.#samples.at(-1);
    // Another file, or one that begins anew: the old pace says nothing.
    if (total !== this.#total || (last !== undefined && done < last.done)) {
      this.#samples = [];
      this.#reportedAt = Number.NEGATIVE_INFINITY;
    }
    this.#total = total;
    if (at - this.#reportedAt < reportEveryMilliseconds && done < total) return;
    if (done === last?.done && done === total) return;
    this.#samples = [...this.#samples.filter((sample) => at - sample.at <= paceOverMilliseconds), { at, done }];
    this.#reportedAt = at;
    this.#report({ doneBytes: done, totalBytes: total, secondsLeft: this.#secondsLeft(at, done, total) });
  }

  #secondsLeft(at: number, done: number, total: number): number | null {
    if (done >= total) return 0;
    const first = this.#samples[0];
    if (first === undefined || at - first.at < paceFromMilliseconds || done <= first.done) return null;
    return (((total - done) / (done - first.done)) * (at - first.at)) / 1000;
  }
}
