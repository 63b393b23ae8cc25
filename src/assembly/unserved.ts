/** The models of the catalog that are not served here, each with the reason: people ask for what they have read of. */
import type { Catalog } from "../catalog/catalog-model.ts";
import { resolveModels } from "../catalog/resolve.ts";
import type { Config } from "../config/types.ts";
import type { ModelSpec } from "../domain/model.ts";
import { gib } from "../domain/size.ts";
import type { UnservedModel } from "../domain/unserved.ts";
import type { EnginePlace } from "./engine-place.ts";
import { missingHere } from "./missing-here.ts";

/** `engines`: null where they run elsewhere; then any model of the catalog may be out of that machine's reach. */
export function unservedModels(
  { models, policy }: Pick<Config, "models" | "policy">,
  catalog: Catalog,
  specs: readonly ModelSpec[],
  engines: EnginePlace | null,
): UnservedModel[] {
  const chosen = models.length > 0;
  const served = new Set(chosen || engines !== null ? specs.flatMap(({ id, aliases }) => [id, ...aliases]) : []);
  return resolveModels([], catalog, policy)
    .filter(({ id }) => !served.has(id))
    .map((spec) => ({
      ...{ id: spec.id, aliases: spec.aliases, capabilities: spec.capabilities },
      reason: cannotRun(spec, engines) ?? (chosen ? unlisted(spec) : "the machine of its engines cannot run it"),
    }));
}

function cannotRun(spec: ModelSpec, engines: EnginePlace | null): string | null {
  if (engines === null) return null;
  const { totalGiB } = engines.memory.card ?? engines.memory;
  const missing = missingHere(spec, engines);
  if (missing !== null) return missing;
  if (spec.memoryGiB <= totalGiB) return null;
  return `it takes ${gib(spec.memoryGiB)} of memory, and this machine has ${gib(totalGiB)}`;
}

function unlisted({ id }: ModelSpec): string {
  return `\`models:\` in hearth.yaml does not list it; \`- use: ${id}\` there would`;
}
