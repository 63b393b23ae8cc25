/**
 * What stands in a conversation in place of a part that no model here reads. A history never refuses a conversation: its
 * text is kept where it has one, and a sentence in brackets says what was there.
 */
import { isObject } from "../../../domain/json-object.ts";

/** Kinds are the client's own words, and may be anything. */
const longestKind = 60;
/** Parts within parts within parts: deeper than this nothing is looked for. */
const deepest = 4;

/** The sentence for a part of a kind that is not known here. */
export function unknownPart(kind: string): string {
  return `[a part of kind ${JSON.stringify(kind.slice(0, longestKind))} that cannot be read here]`;
}

/** The text that a value of unknown shape carries, as vendors usually name it; empty where it carries none. */
export function textWithin(value: unknown, depth = 0): string {
  if (typeof value === "string") return value;
  if (depth > deepest) return "";
  if (Array.isArray(value)) return joined(value.map((one) => textWithin(one, depth + 1)));
  if (!isObject(value)) return "";
  const named = readableNames.map((name) => textWithin(value[name], depth + 1));
  return joined(named);
}

/** Fields that hold words for people; the others are ids, tokens, settings. */
const readableNames = [
  "title",
  "url",
  "text",
  "refusal",
  "stdout",
  "stderr",
  "output",
  "content",
  "error_message",
] as const;

function joined(texts: string[]): string {
  return texts.filter((text) => text !== "").join("\n");
}
