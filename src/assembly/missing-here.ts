import { usesGpu } from "../domain/memory.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { EnginePlace } from "./engine-place.ts";

/**
 * Why engines of this model cannot run on this machine, whatever is free on it, and what to do; null where nothing
 * speaks against it. A part of a sentence: "it needs an NVIDIA GPU, ...".
 */
export function missingHere(spec: ModelSpec, { gpu, architecture, runs }: EnginePlace): string | null {
  const { runtime } = spec;
  if (usesGpu(spec) && !gpu) {
    return "it needs an NVIDIA GPU, and engines can have none on this machine (`hearth doctor` says what is missing)";
  }
  if (!runs(spec)) {
    return runtime.kind === "container"
      ? "its engine is a container, and no container daemon answered when Hearth was started (`hearth doctor` says why)"
      : `nothing on this machine runs engines of the kind "${runtime.kind}"`;
  }
  if (runtime.kind !== "container" || architecture === null) return null;
  const { image, architectures: only } = runtime;
  if (only === undefined || only.includes(architecture)) return null;
  return `its image ${image} is for ${only.join(" and ")} alone, and this machine is ${architecture}`;
}

/** What somebody has asked for by name stays in the list, and says why it cannot start: nothing is tried for it. */
export function refusedHere(spec: ModelSpec, place: EnginePlace): ModelSpec {
  const missing = spec.status === "disabled" ? null : missingHere(spec, place);
  return missing === null ? spec : { ...spec, status: "disabled", statusReason: `${missing}.` };
}

/** One sentence for each thing that is missing, with all models that it keeps from starting. */
export function missingWarnings(specs: readonly ModelSpec[], place: EnginePlace): string[] {
  const byReason = Map.groupBy(specs, (spec) => missingHere(spec, place));
  return [...byReason].flatMap(([reason, models]) =>
    reason === null ? [] : [`${models.map(({ id }) => id).join(", ")} cannot run here: ${reason}.`],
  );
}
