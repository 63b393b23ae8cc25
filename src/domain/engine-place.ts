/** A machine on which engines stand, as far as it decides which models they can be of. */
import { type HostMemory, ledgerLimits, type PoolMemory, poolLimits, startFloorGiB, usesGpu } from "./memory.ts";
import type { ModelSpec } from "./model.ts";
import { gib } from "./size.ts";

export interface EnginePlace {
  /** With the GPU's own, where engines can have it. */
  memory: HostMemory;
  /** Engines can have a GPU. */
  gpu: boolean;
  /** Of the processors of containers, as images name it: `arm64`. Null where there are none, or nobody says. */
  architecture: string | null;
  /** Logical processors. */
  processors: number;
  /** Something here can run it. */
  runs(spec: ModelSpec): boolean;
}

/** A place of which it is known whether containers can be run there. */
export function placeOf(place: Omit<EnginePlace, "runs"> & { containers: boolean }): EnginePlace {
  const { containers, ...rest } = place;
  return { ...rest, runs: ({ runtime }) => containers || runtime.kind !== "container" };
}

/** Why the model can never run there, as a part of a sentence; null where it can. Nothing is asked of the machine. */
export function hindrance(spec: ModelSpec, place: EnginePlace): string | null {
  return missingHere(spec, place) ?? tooLarge(spec, place.memory);
}

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
      ? "its engine is a container, and no container daemon answers on this machine (`hearth doctor` says why)"
      : `nothing on this machine runs engines of the kind "${runtime.kind}"`;
  }
  if (runtime.kind !== "container" || architecture === null) return null;
  const { image, architectures: only } = runtime;
  if (only === undefined || only.includes(architecture)) return null;
  return `its image ${image} is for ${only.join(" and ")} alone, and this machine is ${architecture}`;
}

/** With the usual limits: what a configuration keeps free beside them is its owner's wish, which he can change. */
function tooLarge(spec: ModelSpec, memory: HostMemory): string | null {
  const { memoryGiB, startPeakGiB } = spec;
  const limits = poolLimits({ budgetGiB: "auto", floorGiB: "auto" }, memory);
  const onCard = memory.card !== undefined && usesGpu(spec);
  const { budgetGiB } = onCard ? ledgerLimits(limits) : limits.host;
  const has = onCard ? `the GPU has ${room(memory.card!, budgetGiB)}` : `this machine has ${room(memory, budgetGiB)}`;
  if (memoryGiB > budgetGiB) return `it takes ${gib(memoryGiB)} of memory, and ${has}`;
  if (onCard || startPeakGiB === undefined) return null;
  if (startPeakGiB <= memory.totalGiB - startFloorGiB(limits.host)) return null;
  return `it takes up to ${gib(startPeakGiB)} while it starts, and ${has}`;
}

function room({ totalGiB }: PoolMemory, budgetGiB: number): string {
  return `${gib(totalGiB)}, of which models can have ${gib(budgetGiB)}`;
}
