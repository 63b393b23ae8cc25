/** Where in a text's lines it stands: a call begins a line, and none is meant within quoted code. */
import type { CallFormat } from "./call-formats/format.ts";

export class Lines {
  /** Of the line so far; null from the first word on that is no fence. */
  #indent: string | null = "";
  #fenced = false;

  /** After a call anything may follow as at the start of a line. */
  restart(): void {
    this.#indent = "";
  }

  pass(words: string): void {
    for (const character of words) {
      if (character === "\n") this.#indent = "";
      else if (this.#indent !== null) this.#extend(character);
    }
  }

  #extend(character: string): void {
    const start = this.#indent + character;
    const isFence = start.trimStart() === "```";
    if (isFence) this.#fenced = !this.#fenced;
    this.#indent = !isFence && "```".startsWith(start.trim()) ? start : null;
  }

  /** The place in `text`, which comes next, where a call may begin; its length where there is none. */
  openingIn(text: string, formats: readonly CallFormat[], isAll: boolean): number {
    const here = new Lines();
    here.#indent = this.#indent;
    here.#fenced = this.#fenced;
    for (let at = 0; at < text.length; at++) {
      if (here.#opens(text, at, formats, isAll)) return at;
      here.pass(text[at]!);
    }
    return text.length;
  }

  #opens(text: string, at: number, formats: readonly CallFormat[], isAll: boolean): boolean {
    const startsLine = this.#indent?.trim() === "" && !this.#fenced;
    return formats.some(
      ({ openings, anywhere }) =>
        (anywhere || startsLine) &&
        openings.some(
          (opening) =>
            opening[0] === text[at] &&
            (text.startsWith(opening, at) ||
              (!isAll && text.length - at < opening.length && opening.startsWith(text.slice(at)))),
        ),
    );
  }
}
