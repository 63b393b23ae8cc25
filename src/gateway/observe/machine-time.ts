/**
 * How the time in which engines work is shared out: at each moment equally among the requests that are at one, so that all
 * shares together are the time in which any was. One clock that runs more slowly the more there are (the virtual time of
 * fair queueing: Demers, Keshav, Shenker 1989) makes a share the difference of two readings.
 */
export class MachineTime {
  /** Milliseconds that one request which was always there would have had. */
  #virtual = 0;
  #lastAt = 0;
  #present = 0;

  /** A request is at an engine from now on. Milliseconds of one clock; returns what `leave` is to be given. */
  enter(now: number): number {
    this.#advance(now);
    this.#present += 1;
    return this.#virtual;
  }

  /** It is over: the milliseconds that were its own. */
  leave(entered: number, now: number): number {
    this.#advance(now);
    this.#present -= 1;
    return this.#virtual - entered;
  }

  #advance(now: number): void {
    if (this.#present > 0) this.#virtual += (now - this.#lastAt) / this.#present;
    this.#lastAt = now;
  }
}
