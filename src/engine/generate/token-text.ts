/** Tokens to text as they come: a character that is spread over several tokens is held until it is whole. */
import type { LanguageModel } from "../language-model.ts";

const replacement = "\ufffd";
/** UTF-8 has at most four bytes a character; a longer run of incomplete text is broken, not unfinished. */
const longestCharacter = 4;
/** Tokens that the vocabulary looks back on to decide about a space. */
const lookBack = 8;

export class TokenText {
  readonly #model: Pick<LanguageModel, "detokenize">;
  #before: number[];
  #held: number[] = [];

  constructor(model: Pick<LanguageModel, "detokenize">, prompt: readonly number[]) {
    this.#model = model;
    this.#before = prompt.slice(-lookBack);
  }

  /** The text that is now certain, perhaps none. */
  push(token: number): string {
    this.#held.push(token);
    const text = this.#model.detokenize(this.#held, this.#before);
    if (text.endsWith(replacement) && this.#held.length < longestCharacter) return "";
    return this.#release(text);
  }

  /** What was still held when the answer ended. */
  end(): string {
    return this.#held.length === 0 ? "" : this.#release(this.#model.detokenize(this.#held, this.#before));
  }

  #release(text: string): string {
    this.#before = [...this.#before, ...this.#held].slice(-lookBack);
    this.#held = [];
    return text;
  }
}
