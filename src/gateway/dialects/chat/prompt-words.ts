/**
 * A floor under a prompt's length, without its model's tokenizer: every tokenizer in use starts a new token at a word
 * that follows a space, so a text has at least as many tokens as words. Real counts are a third higher in English.
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

/** Words that follow a space: fewer than a reader would count, never more. */
function words(text: unknown): number {
  if (typeof text !== "string") return 0;
  let count = 0;
  for (let at = text.indexOf(" "); at >= 0 && at < text.length - 1; at = text.indexOf(" ", at + 1)) {
    if (text.charCodeAt(at + 1) !== 0x20) count++;
  }
  return count;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function sum(items: unknown[], of: (item: unknown) => number): number {
  return items.reduce<number>((total, item) => total + of(item), 0);
}
