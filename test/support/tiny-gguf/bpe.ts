/** Byte-level byte-pair encoding, trained from scratch: GPT-2's scheme, as `tokenizer.ggml.model = gpt2` expects it. */

/** GPT-2 writes each byte as one printable character; the unprintable ones move to U+0100 and up. */
export const byteCharacters: string[] = (() => {
  const characters: string[] = [];
  let moved = 0;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    characters.push(String.fromCodePoint(printable ? byte : 256 + moved++));
  }
  return characters;
})();

/** How a text looks inside the vocabulary. */
export function vocabularyForm(text: string): string {
  return [...Buffer.from(text)].map((byte) => byteCharacters[byte]).join("");
}

const words = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

/**
 * Merges the most frequent pair (ties: the first in code unit order) until every ASCII word of the text is one token.
 * Other characters stay single bytes, so that a stream has to put them together again.
 */
export function learnMerges(text: string): [string, string][] {
  const merges: [string, string][] = [];
  const corpus = [...text.matchAll(words)].map(([word]) => [...vocabularyForm(word)]);
  for (;;) {
    const counts = new Map<string, number>();
    for (const parts of corpus) {
      for (let i = 0; i + 1 < parts.length; i++) {
        const pair = `${parts[i]} ${parts[i + 1]}`;
        if (/^[!-~Ġ]+ [!-~]+$/.test(pair)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    }
    const [best] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (!best) return merges;
    const [left, right] = best[0].split(" ") as [string, string];
    merges.push([left, right]);
    for (const parts of corpus) {
      for (let i = 0; i + 1 < parts.length; i++) {
        if (parts[i] === left && parts[i + 1] === right) parts.splice(i, 2, left + right);
      }
    }
  }
}
