/** When a request may be sent again because the engine that had it died before its first byte. */

/** Asking a dead engine again costs nothing, and the waker needs a moment to see that it is dead. */
const refusals = 20;

export class Retries {
  /** How often it was sent again. */
  count = 0;
  #generation: number | null = null;
  #lost = 0;

  /**
   * `generation`: the engine that failed. `refused`: it took no connection at all, so it never saw the request.
   * Once on a fresh engine, and once more on the same one (it may only have closed an idle connection).
   */
  allow(generation: number, refused: boolean): boolean {
    if (this.#generation !== null && generation !== this.#generation) return false;
    this.#generation = generation;
    if (!refused) this.#lost++;
    this.count++;
    return refused ? this.count <= refusals : this.#lost <= 1;
  }
}
