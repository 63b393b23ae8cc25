/** What the engine needs of an inference library; src/engine/llama/ provides it. Tokens are ids of the vocabulary. */

export interface LanguageModel {
  /** Tokens that one sequence can hold, prompt and answer together. */
  context: number;
  /** The Jinja text that the file carries. */
  chatTemplate: string | null;
  /** How the template writes the tokens that begin and end a text; empty where the model has none. */
  specials: { bos: string; eos: string };
  /** One per request that may run at the same time. */
  sequences: Sequence[];
  embedder: Embedder | null;
  /** `special`: "<|im_start|>" becomes the one token that it names instead of the letters. */
  tokenize(text: string, special: boolean): number[];
  /** With the token in front that every text of this model starts with, where it has one. */
  begin(tokens: number[]): number[];
  /** `before`: the last tokens in front of these; some vocabularies need them to know about a space. */
  detokenize(tokens: readonly number[], before?: readonly number[], special?: boolean): string;
  /** Tokens are numbered from 0 to one below this. */
  vocabularySize: number;
  /** Compiled once, used for one answer. Rejects when the grammar cannot be parsed. */
  grammar(gbnf: string): Promise<Grammar>;
}

/** Where in a grammar one answer is. Opaque: only the library looks inside. */
export interface Grammar {
  readonly state: unknown;
}

export interface Sampling {
  /** 0: always the likeliest token. */
  temperature: number;
  topP: number;
  /** 0: all tokens. */
  topK: number;
  minP: number;
  seed: number;
  /** 1: none. */
  repetitionPenalty: number;
  presencePenalty: number;
  frequencyPenalty: number;
  /** Added to the logits. */
  bias: ReadonlyMap<number, number>;
  /** Asked before every token; from the first answer on, that grammar holds. */
  grammar: () => Grammar | null;
}

export interface Sequence {
  /** Leading tokens of this prompt that it has already evaluated. */
  known(prompt: readonly number[]): number;
  /** Yields until the model ends its answer, `limit` tokens are out or the signal aborts. */
  generate(prompt: readonly number[], sampling: Sampling, limit: number, signal: AbortSignal): AsyncGenerator<number>;
}

export interface Embedder {
  /** Tokens that one text may have. */
  context: number;
  embed(tokens: number[]): Promise<number[]>;
}
