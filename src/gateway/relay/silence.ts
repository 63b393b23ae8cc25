/** How long nothing has moved between an engine and its client: neither bytes of the answer, nor a client that reads. */
import type { Ticket } from "../../link/link.ts";

/** Answers take their time: while somebody waits for the machine a silent one still has a third of it, or this. */
const leastMs = 120_000;

/** An engine that works at others may still have lost this one: not even its work gives a silent answer more of these. */
const mostTimes = 6;

export class Silence {
  /** Somebody finds out whether the engine still lives. */
  probing = false;
  #stirred = false;
  #worked = 0;
  /** Of the time until the engine is asked. */
  #since: number;
  /** Of the silence. */
  #movedAt: number;

  /** Times: milliseconds of `performance.now()`. */
  constructor(now: number) {
    this.#since = now;
    this.#movedAt = now;
  }

  /** Called for every piece of an answer, so it asks no clock: the next look does. */
  stir(): void {
    this.#stirred = true;
  }

  /** Milliseconds, as exact as looks are frequent. */
  look(now: number): number {
    if (this.#stirred) {
      this.#since = now;
      this.#movedAt = now;
    }
    this.#stirred = false;
    return now - this.#since;
  }

  /**
   * As of the last look: the engine may live and answer others, but this request hangs. `crowded`: somebody waits for
   * the machine; asked only where that decides.
   */
  isHung(now: number, limitMs: number, crowded: () => boolean): boolean {
    const silentMs = now - this.#movedAt;
    return silentMs > limitMs || (silentMs > Math.max(limitMs / 3, leastMs) && crowded());
  }

  /** It is visibly worked on: the time runs anew. False where that was said often enough. */
  works(now: number): boolean {
    this.#worked += 1;
    if (this.#worked > mostTimes) return false;
    this.#since = now;
    this.#movedAt = now;
    return true;
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
