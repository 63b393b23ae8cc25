/** Which models a set-up is for. */
import type { Catalog } from "../catalog/catalog-model.ts";
import { firstChoice } from "../catalog/choose.ts";
import { resolveModels } from "../catalog/resolve.ts";
import type { Config, ModelEntry } from "../config/types.ts";
import type { EnginePlace } from "../domain/engine-place.ts";
import type { ModelSpec } from "../domain/model.ts";

export interface Picked {
  models: ModelSpec[];
  served: ModelSpec[] | null;
}

/**
 * The named models; else those that the present configuration lists; else the chooser's first on this machine, with
 * the whole catalog served. Throws a ConfigError for a name that is not in the catalog.
 */
export function pickModels(named: string[], present: Config | null, place: EnginePlace, catalog: Catalog): Picked {
  const listed = present === null || present.models.length === 0 ? null : resolveModels(present.models, catalog);
  if (named.length > 0) {
    const models = resolveModels([...new Set(named)].map(entryOf), catalog);
    return { models, served: present === null ? models : listed };
  }
  if (listed !== null) return { models: listed, served: listed };
  const first = firstChoice(catalog, place);
  return { models: first === null ? [] : resolveModels([entryOf(first.model.id)], catalog), served: null };
}

function entryOf(use: string): ModelEntry {
  return { use, fields: {}, at: { file: "the command line", line: 1, column: 1 } };
}
