/**
 * What may be said within a chunked answer without saying anything: a zero before the size of the next chunk, which may
 * have several (RFC 9112, 7.1: `chunk-size = 1*HEXDIG`). A peer that has closed answers it with a reset, of which the
 * next one hears. Parsers take 16 digits at least, so there are few, each after twice the time.
 */

const most = 8;

export class LeadingZeros {
  #looks = 0;
  #said = 0;

  /** Called at every look while nothing else is said. */
  isDue(): boolean {
    this.#looks += 1;
    if (this.#said === most || this.#looks < 2 ** this.#said) return false;
    this.#said += 1;
    return true;
  }

  /** A chunk has been sent: the next one's size begins anew. */
  over(): void {
    this.#looks = 0;
    this.#said = 0;
  }
}
