/** Whether a model's memory, as somebody has changed it, still holds one request of full length. */
import type { ModelFields } from "../config/schema/model.ts";
import { bytesPerGiB } from "../domain/size.ts";
import type { CatalogModel } from "./catalog-model.ts";
import { cacheBytesPerToken, cacheValueBytes, memoryMargin } from "./footprint.ts";

/** A sentence that says what is short and by how much, or null. An engine that is this short refuses to start. */
export function cacheShortage({ memory, context }: ModelFields, base: CatalogModel): string | null {
  const { footprint, engine, speculation } = base.facts;
  if (footprint === undefined || memory === undefined || context === undefined) return null;
  const perToken = cacheBytesPerToken(footprint, cacheValueBytes(engine));
  const cache = perToken === null ? 0 : perToken * context;
  const margin = memoryMargin(memory);
  const needed = footprint.weights + footprint.overhead + (speculation?.memory ?? 0) + cache + margin;
  if (memory >= needed) return null;
  const parts = [footprint.weights, footprint.overhead, cache, margin].map((part) => (part / bytesPerGiB).toFixed(1));
  return (
    `${(memory / bytesPerGiB).toFixed(1)} GiB are too few: weights ${parts[0]}, overhead ${parts[1]}, ${parts[2]} for a ` +
    `context of ${context} tokens and a margin of ${parts[3]} make ${(needed / bytesPerGiB).toFixed(1)} GiB. ` +
    "Raise memory or lower context."
  );
}
