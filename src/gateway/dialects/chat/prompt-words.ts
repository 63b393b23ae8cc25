/**
 * A floor under a prompt's length, without its model's tokenizer: every tokenizer in use starts a new token at a word
 * that follows white space, so a text has at least as many tokens as words. Real counts are a third higher in English.
 */

/** One per API: the words of what a parsed body asks about. A prompt that has another shape counts nothing. */
export type PromptWords = (body: Record<string, unknown>) => number;

export const chatWords: PromptWords = ({ messages }) => sum(list(messages), messageWords);

/** Several prompts are as many requests to the engine: the longest one counts. */
export const completionWords: PromptWords = ({ prompt }) =>
  list(prompt).reduce<number>((most, one) => Math.max(most, words(one)), words(prompt));

function messageWords(message: unknown): number {
  const content = (message as { content?: unknown } | null)?.content;
  return words(content) + sum(list(content), (part) => words((part as { text?: unknown } | null)?.text));
}

/** Words that follow white space: fewer than a reader would count, never more. */
function words(text: unknown): number {
  if (typeof text !== "string") return 0;
  let count = 0;
  let spaced = false;
  for (let at = 0; at < text.length; at++) {
    const isSpace = whiteSpace.has(text.charCodeAt(at));
    if (spaced && !isSpace) count++;
    spaced = isSpace;
  }
  return count;
}

/** Tab, line feed, carriage return, space. */
const whiteSpace = new Set([0x09, 0x0a, 0x0d, 0x20]);

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function sum(items: unknown[], of: (item: unknown) => number): number {
  return items.reduce<number>((total, item) => total + of(item), 0);
}
