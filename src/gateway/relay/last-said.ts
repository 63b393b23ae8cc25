/** The latest of what went out: enough to find the last event in it. Held, not copied. */

/** An event may be cut once between two pieces. */
const pieces = 2;

export class LastSaid {
  #pieces: (Buffer | string)[] = [];

  take(piece: Buffer | string): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    if (this.#pieces.length > pieces) this.#pieces.shift();
  }

  toString(): string {
    return this.#pieces.map(String).join("");
  }
}
