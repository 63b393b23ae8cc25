/** What a download tells those who wait for it. */
export interface WeightsProgress {
  /** Of the file; where it comes packed, in proportion to what came of the packed bytes. */
  doneBytes: number;
  /** Size of the file. */
  totalBytes: number;
  /** At the pace of the last seconds; null while too little came to say. */
  secondsLeft: number | null;
}

const reportEveryMilliseconds = 250;
const paceOverMilliseconds = 10_000;
const paceFromMilliseconds = 500;

interface Sample {
  at: number;
  done: number;
}

/** Turns byte counts, however often they come, into a few reports a second; the last one is never swallowed. */
export class Meter {
  readonly #fileBytes: number;
  readonly #report: (progress: WeightsProgress) => void;
  #samples: Sample[] = [];
  #done = 0;
  #total = -1;
  #later: NodeJS.Timeout | undefined;

  constructor(fileBytes: number, report: (progress: WeightsProgress) => void) {
    this.#fileBytes = fileBytes;
    this.#report = report;
  }

  /** `done` of `total` bytes are here, packed or not. */
  update(done: number, total: number): void {
    if (done === this.#done && total === this.#total) return;
    // Another file, or one that begins anew: the old pace says nothing.
    if (total !== this.#total || done < this.#done) this.#samples = [];
    this.#done = done;
    this.#total = total;
    const wait = reportEveryMilliseconds - (performance.now() - (this.#samples.at(-1)?.at ?? -Infinity));
    if (wait <= 0 || done === total) this.#tell();
    else this.#later ??= setTimeout(() => this.#tell(), wait).unref();
  }

  /** No report comes after this. */
  close(): void {
    clearTimeout(this.#later);
  }

  #tell(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    const now = { at: performance.now(), done: this.#done };
    this.#samples = [...this.#samples.filter(({ at }) => now.at - at <= paceOverMilliseconds), now];
    const doneBytes = Math.round((this.#done / this.#total) * this.#fileBytes);
    this.#report({ doneBytes, totalBytes: this.#fileBytes, secondsLeft: this.#secondsLeft(now) });
  }

  #secondsLeft({ at, done }: Sample): number | null {
    if (done >= this.#total) return 0;
    const first = this.#samples[0]!;
    if (at - first.at < paceFromMilliseconds || done <= first.done) return null;
    return (((this.#total - done) / (done - first.done)) * (at - first.at)) / 1000;
  }
}
