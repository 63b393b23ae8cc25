/** Length of the longest end of `text` that `needle` begins with, but is not complete by. */
export function partialMatch(text: string, needle: string): number {
  for (let length = Math.min(needle.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(needle.slice(0, length))) return length;
  }
  return 0;
}
