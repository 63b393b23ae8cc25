/** The models that a list shows: those themselves, their variants, and the names that stand for several. */
import type { VirtualModelConfig } from "../../config/types.ts";
import type { ModelView } from "../../link/link.ts";
import { variantsOf } from "./variants.ts";
import { bestFor, modelsBehind } from "./virtual.ts";

export interface ListedModel extends ModelView {
  /** Ids of the models that it is a name for: of several, or of one under other parameters. Null of a model. */
  standsFor: string[] | null;
}

/** `visible`: what the key may use. A model's own name wins over a virtual one. */
export function listedModels(visible: ModelView[], virtual: VirtualModelConfig[]): ListedModel[] {
  const models = visible.flatMap((model): ListedModel[] => [
    { ...model, standsFor: null },
    ...variantsOf(model).map((variant) => ({ ...variant, standsFor: [model.id] })),
  ]);
  const taken = new Set(models.flatMap(({ id, aliases }) => [id, ...aliases]));
  return [...models, ...virtual.filter(({ name }) => !taken.has(name)).flatMap((one) => virtualModel(one, visible))];
}

/** The entry of exactly this name, or null. */
export function listedModel(list: ListedModel[], name: string): ListedModel | null {
  return list.find(({ id }) => id === name) ?? null;
}

/** A model under another of its names: clients look for the one that they asked for. */
export function namedModel(model: ModelView, name: string): ListedModel {
  const others = [model.id, ...model.aliases].filter((one) => one !== name);
  return { ...model, id: name, aliases: others, standsFor: null };
}

/** As the best of its models would be, with what any of them can do; nothing where it has none. */
function virtualModel(one: VirtualModelConfig, visible: ModelView[]): ListedModel[] {
  const behind = modelsBehind(one, visible);
  const best = bestFor({ media: [], tools: false, tokens: 0 }, behind);
  if (best === null) return [];
  const standsFor = behind.map(({ id }) => id);
  const context = Math.max(...behind.map((model) => model.context));
  const capabilities = [...new Set(behind.flatMap((model) => model.capabilities))];
  const summary = `Stands for ${standsFor.join(", ")}: whichever suits the request and can answer soonest.`;
  return [{ ...best, id: one.name, aliases: [], summary, context, capabilities, standsFor }];
}
