/** What lies on the disk, with what a person wants to know before taking it away. */
import { isUnused, type StoredWeights, unusedAfterDays } from "../domain/weights.ts";
import type { ModelView, Snapshot } from "../link/link.ts";
import type { ListedWeights } from "./schema/weights.ts";

/** `lastUses`: of models, as the records of requests have them. Seconds since the epoch. */
export function listedWeights(
  stored: readonly StoredWeights[],
  { at, models }: Pick<Snapshot, "at" | "models">,
  lastUses: ReadonlyMap<string, number>,
): ListedWeights[] {
  const views = new Map(models.map((model) => [model.id, model]));
  return stored.map((one) => {
    const uses = one.models.map((id) => Math.max(lastUses.get(id) ?? 0, views.get(id)?.lastUsedAt ?? 0));
    const lastUsedAt = Math.max(0, ...uses) || null;
    const needed = one.models.flatMap((id) => reason(views.get(id)))[0] ?? null;
    const unused = one.bytes > 0 && needed === null && isUnused(one, lastUsedAt, unusedAfterDays, at);
    return { ...one, lastUsedAt, needed, unused };
  });
}

function reason(model: ModelView | undefined): string[] {
  if (model === undefined) return [];
  if (model.state !== "absent" && model.state !== "failed") return [`${model.id} is ${model.state}`];
  return model.pinned ? [`${model.id} is pinned`] : [];
}
