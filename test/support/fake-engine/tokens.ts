/** The fake engine's tokens are the bytes of the text in UTF-8: countable by any test, and reversible. */
export function tokenize(text: string): number[] {
  return [...Buffer.from(text, "utf8")];
}

export function detokenize(tokens: number[]): string {
  return Buffer.from(tokens).toString("utf8");
}

/** Text of a prompt, of chat messages or of an embedding's input, joined by line ends. */
export function promptText(body: Record<string, unknown>): string {
  const parts = [body.prompt, body.input, body.text].flat();
  for (const message of Array.isArray(body.messages) ? body.messages : []) {
    const content = (message as { content?: unknown }).content;
    if (Array.isArray(content)) parts.push(...content.map((part) => (part as { text?: unknown }).text));
    else parts.push(content);
  }
  return parts.filter((part) => typeof part === "string").join("\n");
}
