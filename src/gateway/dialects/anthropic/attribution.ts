/**
 * Claude Code's line about itself at the head of its system prompt: a checksum in it changes with every session, or
 * with every request, so that no engine's cache of prefixes would ever hit. It means nothing to a model.
 */
const line = /^x-anthropic-billing-header:[^\n]*\n?/;

export const attributionMark = "x-anthropic-billing-header:";

export function withoutAttribution(text: string): string {
  return text.replace(line, "");
}
