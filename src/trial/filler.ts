/** Prompts of a wanted length. */

const nouns = "sea boat wind stone lamp river garden letter winter bridge".split(" ");

/** Before an answer has told how many tokens a line takes. */
export const guessedTokensPerLine = 14;

/**
 * `lines` of a story that is never the same: a number at its begin keeps a cache of prompts from answering for it, and
 * numbered lines keep the engine from finding them short.
 */
export function filler(lines: number, seed: number): string {
  const story = Array.from(
    { length: lines },
    (_, index) =>
      `Line ${index + 1}: the ${nouns[index % nouns.length]} and the ${nouns[(index * 7 + 3) % nouns.length]}.`,
  );
  return [`Story ${seed}.`, ...story, "Answer with one word: how was the story?"].join("\n");
}
