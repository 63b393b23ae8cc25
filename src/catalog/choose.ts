/** Which models suit a wish on a machine, best first, with what speaks for each and what it costs. */
import { type EnginePlace, hindrance } from "../domain/engine-place.ts";
import type { Purpose } from "../domain/purposes.ts";
import { bytesPerGiB } from "../domain/size.ts";
import type { Wish } from "../domain/wish.ts";
import type { Catalog, CatalogModel } from "./catalog-model.ts";
import { type Choice, usableContext } from "./choice.ts";
import { costsOf } from "./costs.ts";
import { compareRanks, rankOf } from "./rank.ts";
import { resolveModels } from "./resolve.ts";

/**
 * What can run here comes first, and the rest after it with the reason: `rank.ts` has the order. Disabled models are never
 * chosen. `place`: null where it is not known on which machine; then nothing hinders.
 */
export function choose(catalog: Catalog, wish: Wish, place: EnginePlace | null): Choice[] {
  return resolveModels([], catalog)
    .map((spec) => ({ spec, model: catalog.get(spec.id)! }))
    .filter(({ model }) => suits(model, wish))
    .map(
      ({ spec, model }): Choice => ({
        ...{ model, spec },
        hindrance: place && hindrance(spec, place),
        costs: costsOf(model, spec, place?.processors ?? null),
      }),
    )
    .map((choice) => ({ choice, rank: rankOf(choice, wish.purpose, place) }))
    .sort((a, b) => compareRanks(a.rank, b.rank))
    .map(({ choice }) => choice);
}

/**
 * The model to begin with on a machine: the first that a person is told of there, that set-up prepares, and that the first
 * screen names. Null where not even the smallest runs.
 */
export function firstChoice(catalog: Catalog, place: EnginePlace): Choice | null {
  const runs = ({ hindrance }: Choice) => hindrance === null;
  const best = choose(catalog, { purpose: null }, place).find(runs);
  return best ?? smallest(catalog, place);
}

/** What answers on any machine, also where the hub cannot be reached. */
export function smallest(catalog: Catalog, place: EnginePlace): Choice | null {
  return choose(catalog, { purpose: "trying-out" }, place).find(({ hindrance }) => hindrance === null) ?? null;
}

const everyday: readonly Purpose[] = ["chat", "coding", "agents", "reasoning"];

function suits({ facts }: CatalogModel, { purpose, memoryGiB, context, needs = [] }: Wish): boolean {
  const { status, goodFor = [], capabilities = [], memory = 0 } = facts;
  if (status === "disabled") return false;
  const wanted = purpose === null ? everyday : [purpose];
  if (!goodFor.some((good) => wanted.includes(good))) return false;
  if (memoryGiB !== undefined && memory / bytesPerGiB > memoryGiB) return false;
  if (!needs.every((need) => capabilities.includes(need))) return false;
  return context === undefined || usableContext(facts) >= context;
}
