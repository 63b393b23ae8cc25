/** Finds where a JSON object or string ends that comes in pieces. What stands in it is not checked. */

export class JsonEnd {
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** How much of `text` belongs to the value, or -1 where all of it does and more is to come. */
  find(text: string): number {
    for (let at = 0; at < text.length; at++) if (this.#ends(text[at])) return at + 1;
    return -1;
  }

  /** With this character the value is whole. */
  #ends(character: string | undefined): boolean {
    if (this.#escaped) {
      this.#escaped = false;
    } else if (this.#inString) {
      if (character === "\\") this.#escaped = true;
      else if (character === '"') this.#inString = false;
      return !this.#inString && this.#depth === 0;
    } else if (character === '"') {
      this.#inString = true;
    } else if (character === "{" || character === "[") {
      this.#depth += 1;
    } else if (character === "}" || character === "]") {
      this.#depth -= 1;
      return this.#depth <= 0;
    }
    return false;
  }
}
