/** The models of the catalog that are not served here, each with the reason: people ask for what they have read of. */
import type { Catalog } from "../catalog/catalog-model.ts";
import { resolveModels } from "../catalog/resolve.ts";
import type { Config } from "../config/types.ts";
import { type EnginePlace, hindrance } from "../domain/engine-place.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { UnservedModel } from "../domain/unserved.ts";

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
      reason:
        (engines && hindrance(spec, engines)) ?? (chosen ? unlisted(spec) : "the machine of its engines cannot run it"),
    }));
}

function unlisted({ id }: ModelSpec): string {
  return `\`models:\` in hearth.yaml does not list it; \`- use: ${id}\` there would`;
}
