/**
 * Whether what has passed so far stands between two events of a stream: there is room for a word of our own there, and
 * only there. An event ends with an empty line, and a line with LF, CR or both (the HTML standard, server-sent events);
 * only the last bytes of each piece are looked at.
 */
import { contentsOf } from "../upstream/chunks.ts";

const cr = 0x0d;
const lf = 0x0a;
/** The longest end of an event: two lines that end in CR and LF. */
const longestEnd = 4;

export class EventEdge {
  /** `line`: within a line that is not empty; `ended`: such a line has just ended. */
  #at: "between" | "line" | "ended" = "between";
  /** The last byte was CR: a LF behind it ends the same line. */
  #afterCr = false;

  /** True of nothing, too. */
  get isBetween(): boolean {
    return this.#at === "between";
  }

  take(piece: Buffer | string): void {
    const from = piece.length - longestEnd;
    if (from > 0) this.#within();
    for (let at = Math.max(0, from); at < piece.length; at++) {
      this.#step(typeof piece === "string" ? piece.charCodeAt(at) : piece[at]!);
    }
  }

  /** As `take`, of whole chunks in their coding. */
  takeChunks(chunks: Buffer): void {
    const end = chunks.length - 2;
    const last = chunks[end - 1];
    if (last !== lf && last !== cr) this.#within();
    // A chunk's size is followed by CR and LF: these two are content.
    else if (last === lf && chunks[end - 2] === lf && chunks[end - 3] !== cr) this.#blank();
    else for (const content of contentsOf(chunks)) this.take(content);
  }

  #within(): void {
    this.#at = "line";
    this.#afterCr = false;
  }

  #blank(): void {
    this.#at = "between";
    this.#afterCr = false;
  }

  #step(byte: number): void {
    if (byte !== lf && byte !== cr) this.#within();
    else {
      const sameEnd = byte === lf && this.#afterCr;
      this.#afterCr = byte === cr;
      if (!sameEnd) this.#at = this.#at === "line" ? "ended" : "between";
    }
  }
}
