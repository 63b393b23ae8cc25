/** What a request of an API may have to do with what is kept here: it goes on from it, or asks to be kept. */
import type { JsonObject } from "../../domain/json-object.ts";
import type { Kept } from "../kept/kept.ts";
import type { About, AnswerTranslation } from "./translation.ts";

export interface Recalled {
  /** The request without a reference; null where it had none and goes out as it came. */
  body: JsonObject | null;
  /** Over the answer in the API's own words; `inner` is null where they are the engine's. Null where it stays as it is. */
  answer: ((inner: AnswerTranslation | null, about: About) => AnswerTranslation) | null;
}

/** `bytes`: known to be a JSON object. Null where it has nothing to do with it, which costs next to nothing to find. Throws a Problem. */
export type Recall = (bytes: Buffer, kept: Kept) => Recalled | null;
