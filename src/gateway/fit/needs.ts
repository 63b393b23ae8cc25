/** What a request needs of its model, as far as its body says: for names that stand for several models. */

import { isObject } from "../../domain/json-object.ts";
import type { RequestBody } from "../body/request-body.ts";
import type { MediaPlaces } from "../dialects/media.ts";
import type { RequestNeeds } from "../models/virtual.ts";
import { answerTokens } from "./context-guard.ts";
import { hasTools } from "./fixups/message.ts";
import { mediaNeeds } from "./media-guard.ts";

const usualBytesPerToken = 4;

/** `came`: as the client sent it. `asked`: as an engine is to get it. */
export function needsOf(places: MediaPlaces | null, came: RequestBody, { bytes, fields }: RequestBody): RequestNeeds {
  if (fields.json === null) return { media: [], tools: false, tokens: 0 };
  const json: unknown = JSON.parse(bytes.toString("utf8"));
  const media = places === null ? [] : mediaNeeds(places, JSON.parse(came.bytes.toString("utf8")));
  // Images are long as text, and short as tokens.
  const prompt = media.length > 0 ? 0 : Math.ceil(bytes.length / usualBytesPerToken);
  const tokens = prompt + (answerTokens(fields.json) ?? 1);
  return { media, tools: isObject(json) && hasTools(json), tokens };
}
