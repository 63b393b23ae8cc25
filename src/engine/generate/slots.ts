/**
 * Who generates: as many answers at a time as there are sequences, the others in the order of their arrival. A request
 * with many prompts does not hold up the others: who has none running comes first.
 */
import type { Sequence } from "../language-model.ts";

interface Waiter {
  prompt: readonly number[];
  /** The request, known by the signal that ends it. */
  owner: AbortSignal;
  take: (sequence: Sequence) => void;
}

export class Slots {
  readonly #free: Sequence[];
  readonly #running = new Map<Sequence, AbortSignal>();
  readonly #waiting: Waiter[] = [];

  constructor(sequences: readonly Sequence[]) {
    this.#free = [...sequences];
  }

  get running(): number {
    return this.#running.size;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** A sequence of one's own until it is given back. Rejects with the signal's reason when that aborts first. */
  take(prompt: readonly number[], signal: AbortSignal): Promise<Sequence> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#free.length > 0) return Promise.resolve(this.#assign(prompt, signal));
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        prompt,
        owner: signal,
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
    this.#running.delete(sequence);
    this.#free.push(sequence);
    if (this.#waiting.length === 0) return;
    const owners = new Set(this.#running.values());
    const place = this.#waiting.findIndex(({ owner }) => !owners.has(owner));
    const [next] = this.#waiting.splice(Math.max(0, place), 1);
    next!.take(this.#assign(next!.prompt, next!.owner));
  }

  /** The free sequence that knows most of the prompt: a chat's next turn need not be evaluated from its beginning. */
  #assign(prompt: readonly number[], owner: AbortSignal): Sequence {
    const known = this.#free.map((sequence) => sequence.known(prompt));
    const [best] = this.#free.splice(known.indexOf(Math.max(...known)), 1);
    this.#running.set(best!, owner);
    return best!;
  }
}
