/** What a request needs of its model, as far as its body says: for names that stand for several models. */

import type { RequestBody } from "../body/request-body.ts";
import type { RequestNeeds } from "../models/virtual.ts";
import { answerTokens } from "./context-guard.ts";
import { hasTools } from "./fixups/message.ts";
import { mediaNeeds } from "./media-guard.ts";

const usualBytesPerToken = 4;

export function needsOf({ bytes, fields }: RequestBody): RequestNeeds {
  if (fields.json === null) return { media: [], tools: false, tokens: 0 };
  const json = JSON.parse(bytes.toString("utf8")) as Record<string, unknown>;
  const media = mediaNeeds(json);
  // Images are long as text, and short as tokens.
  const prompt = media.length > 0 ? 0 : Math.ceil(bytes.length / usualBytesPerToken);
  return { media, tools: hasTools(json), tokens: prompt + (answerTokens(fields.json) ?? 1) };
}
