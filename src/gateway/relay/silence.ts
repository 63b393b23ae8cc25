/** How long nothing has moved between an engine and its client: neither bytes of the answer, nor a client that reads. */
import type { Ticket } from "../../link/link.ts";

export class Silence {
  /** Somebody finds out whether the engine still lives. */
  probing = false;
  #stirred = false;
  #since: number;

  /** Times: milliseconds of `performance.now()`. */
  constructor(now: number) {
    this.#since = now;
  }

  /** Called for every piece of an answer, so it asks no clock: the next look does. */
  stir(): void {
    this.#stirred = true;
  }

  /** Milliseconds, as exact as looks are frequent. */
  look(now: number): number {
    if (this.#stirred) this.#since = now;
    this.#stirred = false;
    return now - this.#since;
  }

  /** A long prompt is silent too: the engine is asked for one token before it is given up. Else the time runs anew. */
  async isDeath(ticket: Ticket): Promise<boolean> {
    this.probing = true;
    const answers = await stillAnswers(ticket);
    this.probing = false;
    if (answers) this.#since = performance.now();
    return !answers && !this.#stirred;
  }
}

/** Where nobody can ask it, the engine keeps the benefit of the doubt. */
export function stillAnswers(ticket: Ticket): Promise<boolean> {
  return ticket.answers().catch(() => true);
}
