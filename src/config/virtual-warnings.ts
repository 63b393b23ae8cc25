/** Sentences about virtual models that stand for less than they say, or for nothing. */
import type { ModelSpec } from "../domain/model.ts";
import { nearestName } from "../domain/nearest.ts";
import { variantNames } from "../domain/request-parameters.ts";
import type { VirtualModelConfig } from "./types.ts";

type Served = Pick<ModelSpec, "id" | "aliases" | "capabilities" | "parameters">;

/** `models`: those that are served. */
export function virtualWarnings(virtual: VirtualModelConfig[], models: Served[]): string[] {
  const names = models.flatMap(({ id, aliases }) => [id, ...aliases]);
  const all = [...names, ...models.flatMap(variantNames).map(({ name }) => name)];
  return virtual.flatMap((one) => [
    ...hidden(one, all),
    ...(one.models ?? []).filter((name) => !names.includes(name)).map((name) => unknown(one.name, name, names)),
    ...incapable(one, models),
  ]);
}

function hidden({ name }: VirtualModelConfig, names: string[]): string[] {
  return names.includes(name) ? [`virtual: "${name}" is the name of a model, which is taken instead.`] : [];
}

function unknown(virtual: string, name: string, names: string[]): string {
  const nearest = nearestName(name, names);
  const hint = nearest === null ? "" : ` Did you mean ${nearest}?`;
  return `virtual: "${virtual}" names ${JSON.stringify(name)}, which is not served here.${hint}`;
}

function incapable({ name, models, needs }: VirtualModelConfig, served: Served[]): string[] {
  const listed = served.filter(
    ({ id, aliases }) => models === null || models.some((one) => one === id || aliases.includes(one)),
  );
  if (listed.some(({ capabilities }) => needs.every((need) => capabilities.includes(need)))) return [];
  const able = needs.length === 0 ? "" : ` that can do ${needs.join(", ")}`;
  return [`virtual: "${name}" stands for no model: none is served here${able}.`];
}
