/** Which models a set-up is for. */
import type { Catalog, CatalogModel } from "../catalog/catalog-model.ts";
import { choose } from "../catalog/choose.ts";
import { resolveModels } from "../catalog/resolve.ts";
import type { Config, ModelEntry } from "../config/types.ts";
import type { ModelSpec } from "../domain/model.ts";

export interface Machine {
  /** A GPU with memory of its own. */
  card: boolean;
  /** Containers can be run, and there is a GPU for them. */
  containers: boolean;
  /** What models may take. */
  memoryGiB: number;
}

export interface Picked {
  models: ModelSpec[];
  served: ModelSpec[] | null;
}

/**
 * The named models; else those that the present configuration lists; else one good beginning for this machine, with
 * the whole catalog served. Throws a ConfigError for a name that is not in the catalog.
 */
export function pickModels(named: string[], present: Config | null, machine: Machine, catalog: Catalog): Picked {
  const listed = present === null || present.models.length === 0 ? null : resolveModels(present.models, catalog);
  if (named.length > 0) {
    const models = resolveModels([...new Set(named)].map(entryOf), catalog);
    return { models, served: present === null ? models : listed };
  }
  if (listed !== null) return { models: listed, served: listed };
  const first = firstModel(machine, catalog);
  return { models: first === null ? [] : resolveModels([entryOf(first.id)], catalog), served: null };
}

function entryOf(use: string): ModelEntry {
  return { use, fields: {}, at: { file: "the command line", line: 1, column: 1 } };
}

/** The best all-rounder whose image needs neither a build nor a login; without a GPU the one to try out. */
function firstModel({ containers, memoryGiB }: Machine, catalog: Catalog): CatalogModel | null {
  const all = [...catalog.values()];
  const small = choose(all.filter(runsWithoutContainer), { purpose: "trying-out", memoryGiB })[0]?.model ?? null;
  if (!containers) return small;
  const ready = all.filter(
    ({ track, fields }) => track?.source === "pull" && track.registryLogin === undefined && fields.status !== "manual",
  );
  // What is good at coding is good at tools and chat too.
  for (const purpose of ["coding", "chat"] as const) {
    const [best] = choose(ready, { purpose, memoryGiB });
    if (best !== undefined) return best.model;
  }
  return small;
}

function runsWithoutContainer({ track, fields }: CatalogModel): boolean {
  return track === undefined && fields.runtime?.kind !== "container";
}
