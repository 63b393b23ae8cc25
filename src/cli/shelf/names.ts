/** What the names on a command line mean. */
import type { ModelSpec } from "../../domain/model.ts";
import { nearestName } from "../../domain/nearest.ts";
import { CliError } from "../command.ts";
import type { ShelvedWeights } from "./shelf.ts";

/** Weights that the model `id` reads, or those of this name. Throws a CliError with the nearest name. */
export function namesIn(
  weights: readonly ShelvedWeights[],
  id: string | null,
  name: string,
  models: readonly { id: string; aliases: string[] }[],
): string[] {
  const read = id === null ? [] : weights.filter((one) => one.models.includes(id)).map((one) => one.name);
  if (read.length > 0) return read;
  if (weights.some((one) => one.name === name)) return [name];
  if (id !== null) return [];
  throw unknown(name, [...models.flatMap((model) => [model.id, ...model.aliases]), ...weights.map((one) => one.name)]);
}

/** By id or alias. Throws a CliError with the nearest name. */
export function specNamed(name: string, specs: readonly ModelSpec[]): ModelSpec {
  const found = specs.find(({ id, aliases }) => id === name || aliases.includes(name));
  if (found !== undefined) return found;
  throw unknown(
    name,
    specs.flatMap(({ id, aliases }) => [id, ...aliases]),
  );
}

function unknown(name: string, known: readonly string[]): CliError {
  const nearest = nearestName(name, known);
  const hint = nearest === null ? "`hearth models` lists what there is." : `Did you mean ${nearest}?`;
  return new CliError(`There is no model "${name}". ${hint}`);
}
