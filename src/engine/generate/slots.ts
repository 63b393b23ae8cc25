/** Who generates: as many requests at a time as there are sequences, the others in the order of their arrival. */
import type { Sequence } from "../language-model.ts";

interface Waiter {
  prompt: readonly number[];
  take: (sequence: Sequence) => void;
}

export class Slots {
  readonly #free: Sequence[];
  readonly #waiting: Waiter[] = [];
  readonly #total: number;

  constructor(sequences: readonly Sequence[]) {
    this.#free = [...sequences];
    this.#total = sequences.length;
  }

  get running(): number {
    return this.#total - this.#free.length;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** A sequence of one's own until it is given back. Rejects with the signal's reason when that aborts first. */
  take(prompt: readonly number[], signal: AbortSignal): Promise<Sequence> {
    signal.throwIfAborted();
    const free = this.#best(prompt);
    if (free !== null) return Promise.resolve(free);
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        prompt,
        take: (sequence) => {
          signal.removeEventListener("abort", leave);
          resolve(sequence);
        },
      };
      this.#waiting.push(waiter);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  giveBack(sequence: Sequence): void {
    this.#free.push(sequence);
    const next = this.#waiting.shift();
    if (next !== undefined) next.take(this.#best(next.prompt)!);
  }

  /** The free sequence that knows most of the prompt: a chat's next turn need not be evaluated from its beginning. */
  #best(prompt: readonly number[]): Sequence | null {
    let best = 0;
    let most = -1;
    for (const [index, sequence] of this.#free.entries()) {
      const known = sequence.known(prompt);
      if (known > most) [best, most] = [index, known];
    }
    return this.#free.splice(best, 1)[0] ?? null;
  }
}
