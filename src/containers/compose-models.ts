/** Which models can be services of a Compose file. */
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import type { ModelSpec } from "../domain/model.ts";
import { nearestName } from "../domain/nearest.ts";

export interface Composable {
  spec: ModelSpec;
  runtime: ContainerRuntime;
}

/** Every model that can, or the named ones. Throws an error for people where a named one cannot or is unknown. */
export function composable(specs: readonly ModelSpec[], named: readonly string[]): Composable[] {
  if (named.length === 0) return specs.flatMap((spec) => (whyNot(spec) === null ? [parts(spec)] : []));
  const chosen = named.map((name) => {
    const spec = specs.find(({ id, aliases }) => id === name || aliases.includes(name));
    if (spec === undefined) throw new Error(unknown(name, specs));
    const why = whyNot(spec);
    if (why !== null) throw new Error(`${spec.id} cannot be made ahead: ${why}`);
    return spec;
  });
  return [...new Set(chosen)].map(parts);
}

function parts(spec: ModelSpec): Composable {
  return { spec, runtime: spec.runtime as ContainerRuntime };
}

function whyNot({ runtime, status, statusReason, weights }: ModelSpec): string | null {
  if (runtime.kind !== "container") return `it does not run in a container, its runtime is ${runtime.kind}.`;
  if (status === "disabled") return `it is disabled. ${statusReason ?? ""}`.trim();
  // Where its file lies is known once it is fetched, at the first start.
  if (weights !== undefined) return "its weights are a file of this machine, which is mounted when it is started.";
  return null;
}

function unknown(name: string, specs: readonly ModelSpec[]): string {
  const nearest = nearestName(
    name,
    specs.flatMap(({ id, aliases }) => [id, ...aliases]),
  );
  const hint = nearest === null ? "`hearth check` says which there are." : `Did you mean ${nearest}?`;
  return `The configuration has no model "${name}". ${hint}`;
}
