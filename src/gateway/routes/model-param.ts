import type { KeyConfig } from "../../config/types.ts";
import type { ModelView, Snapshot } from "../../link/link.ts";
import { mayUse } from "../http/key-scope.ts";
import type { ModelIndex } from "../models/index.ts";

/** The model that a route's path names, as it is in `snapshot`. Throws a Problem (`model_not_found`). */
export function modelOf(name: string, key: KeyConfig, models: ModelIndex, snapshot: Snapshot): ModelView {
  const found = models.resolve(name, (model) => mayUse(key, model));
  return snapshot.models.find(({ id }) => id === found.id) ?? found;
}
