import { partialMatch } from "./partial-match.ts";

/** Finds the first stop string in a text that arrives in pieces, and never lets a part of it through. */
export class StopStrings {
  readonly #stops: readonly string[];
  #held = "";
  /** Set once a stop string has been met; nothing comes after it. */
  met: string | null = null;

  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop !== "");
  }

  /** The text that certainly belongs to the answer. */
  push(piece: string): string {
    if (this.met !== null) return "";
    const text = this.#held + piece;
    let end = text.length;
    for (const stop of this.#stops) {
      const place = text.indexOf(stop);
      if (place >= 0 && place < end) [end, this.met] = [place, stop];
    }
    if (this.met === null) end -= Math.max(0, ...this.#stops.map((stop) => partialMatch(text, stop)));
    this.#held = this.met === null ? text.slice(end) : "";
    return text.slice(0, end);
  }

  /** What looked like the beginning of a stop string when the answer ended. */
  end(): string {
    const rest = this.#held;
    this.#held = "";
    return rest;
  }
}
