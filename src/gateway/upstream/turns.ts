/**
 * Shares the loop among streams that deliver as fast as they are taken: in one turn they get a few milliseconds in all,
 * and what is left over waits for the next turns, in order. Everybody else comes in between.
 */

/** Of one turn, milliseconds. */
const longestMs = 8;

export class Turns {
  readonly #waiting: (() => void)[] = [];
  readonly #now: () => number;
  readonly #nextTurn: (begin: () => void) => void;
  /** Milliseconds at which this turn is used up; null where none has begun. */
  #until: number | null = null;

  constructor(now: () => number = () => performance.now(), nextTurn: (begin: () => void) => void = setImmediate) {
    this.#now = now;
    this.#nextTurn = nextTurn;
  }

  /** There is time left in this turn, and nobody who came before waits for it. */
  get mayGo(): boolean {
    if (this.#until === null) this.#begin();
    return this.#waiting.length === 0 && this.#now() < this.#until!;
  }

  /** Has it done in a later turn. */
  later(work: () => void): void {
    if (this.#until === null) this.#begin();
    this.#waiting.push(work);
  }

  #begin(): void {
    this.#until = this.#now() + longestMs;
    this.#nextTurn(this.#go);
  }

  #go = (): void => {
    this.#until = null;
    if (this.#waiting.length === 0) return;
    this.#begin();
    let done = 0;
    const count = this.#waiting.length;
    while (done < count && (done === 0 || this.#now() < this.#until!)) this.#waiting[done++]!();
    this.#waiting.splice(0, done);
  };
}
