/** The memory ledger: what models may take together, whether one more fits now, and when a stop has given it back. */

import type { ModelSpec } from "./model.ts";
import { bytesPerGiB, gib } from "./size.ts";

/** Memory that engines are started on, GiB. */
export interface PoolMemory {
  totalGiB: number;
  /** Free without swapping: the page cache of earlier models counts, since the kernel gives it up. */
  availableGiB: number;
}

/** What the host says of itself. */
export interface HostMemory extends PoolMemory {
  /** Of a GPU with memory of its own. Absent where there is none, or it shares the host's, as a DGX Spark's does. */
  card?: PoolMemory;
}

export interface MemoryLimits {
  /** What the scheduler may give to engines together. */
  budgetGiB: number;
  /** What must stay available after a start. */
  floorGiB: number;
}

/** What somebody wants of a pool: GiB, or `auto`. */
export interface WantedMemory {
  budgetGiB: number | "auto";
  floorGiB: number | "auto";
}

/** The same as the configuration says it: bytes, or `auto`. */
export interface MemorySetting {
  budget: number | "auto";
  floor: number | "auto";
}

export function wantedMemory({ budget, floor }: MemorySetting): WantedMemory {
  const inGiB = (bytes: number | "auto") => (bytes === "auto" ? bytes : bytes / bytesPerGiB);
  return { budgetGiB: inGiB(budget), floorGiB: inGiB(floor) };
}

/** On a Spark (121.7 GiB) below this the desktop and ssh begin to suffer; a smaller machine keeps an eighth. */
const usualFloorGiB = 8;
const usualFloorFraction = 1 / 8;

/**
 * `auto` budget = the whole machine less the floor: what Hearth itself and the system take is found at the start of
 * an engine (`memoryRefusal`), when it is known and not guessed. `auto` floor = 8 GiB, on machines below 64 GiB an
 * eighth, so that a small model starts on a small machine.
 */
export function memoryLimits(wanted: WantedMemory, totalGiB: number): MemoryLimits {
  const usual = Math.min(usualFloorGiB, totalGiB * usualFloorFraction);
  const floorGiB = wanted.floorGiB === "auto" ? usual : wanted.floorGiB;
  const budgetGiB = wanted.budgetGiB === "auto" ? Math.max(0, totalGiB - floorGiB) : wanted.budgetGiB;
  return { budgetGiB, floorGiB };
}

/** Limits of both pools; `card` is null where the host has none. */
export interface PoolLimits {
  host: MemoryLimits;
  card: MemoryLimits | null;
}

/** A card is shared with no system, but its driver and a desktop want a little. */
const cardFloorGiB = 0.5;

/** `wanted.budgetGiB` is of the pool that most engines are on: the card's, where there is one. */
export function poolLimits(wanted: WantedMemory, { totalGiB, card }: HostMemory): PoolLimits {
  if (card === undefined) return { host: memoryLimits(wanted, totalGiB), card: null };
  const most = Math.max(0, card.totalGiB - cardFloorGiB);
  const budgetGiB = wanted.budgetGiB === "auto" ? most : Math.min(most, wanted.budgetGiB);
  const host = memoryLimits({ ...wanted, budgetGiB: "auto" }, totalGiB);
  return { host, card: { budgetGiB, floorGiB: cardFloorGiB } };
}

/** The limits in which the scheduler counts. */
export function ledgerLimits({ host, card }: PoolLimits): MemoryLimits {
  return card ?? host;
}

export function usesGpu({ runtime }: ModelSpec): boolean {
  if (runtime.kind === "process") return runtime.gpu !== undefined;
  return runtime.kind === "container" && runtime.gpu !== "none" && runtime.gpu !== 0;
}

/** Why the model must not be started now, with every number; null where it may. */
export function startRefusal(spec: ModelSpec, memory: HostMemory, limits: PoolLimits): string | null {
  const { id, memoryGiB } = spec;
  if (memory.card === undefined || limits.card === null || !usesGpu(spec)) {
    return memoryRefusal(id, memoryGiB, memory, limits.host) ?? peakRefusal(spec, memory, limits.host);
  }
  const { totalGiB, availableGiB } = memory.card;
  const { floorGiB } = limits.card;
  if (availableGiB - memoryGiB >= floorGiB) return null;
  const spare = Math.max(0, availableGiB - floorGiB);
  return (
    `${id} needs ${gib(memoryGiB)} of the GPU's memory, but only ${gib(spare)} can be given away: ${gib(availableGiB)} ` +
    `of ${gib(totalGiB)} are free and ${gib(floorGiB)} are kept for its driver. Close other programs that use the GPU ` +
    "(`nvidia-smi` lists them), or choose a smaller model."
  );
}

/** Why an engine of this size must not be started now, with every number; null where it may. */
function memoryRefusal(model: string, needGiB: number, host: PoolMemory, limits: MemoryLimits): string | null {
  if (host.availableGiB - needGiB >= limits.floorGiB) return null;
  const spare = Math.max(0, host.availableGiB - limits.floorGiB);
  return (
    `${model} needs ${gib(needGiB)} of memory, but only ${gib(spare)} can be given away: ${gib(host.availableGiB)} of ` +
    `${gib(host.totalGiB)} are available and ${gib(limits.floorGiB)} are kept free for the system (memory.floor). ` +
    "Close other programs, choose a smaller model, or lower memory.floor."
  );
}

/** What must stay available at the worst moment of a start: below it the kernel may hang before it kills anybody. */
export function startFloorGiB({ floorGiB }: MemoryLimits): number {
  return floorGiB / 4;
}

/** For a moment a start may take of the floor, but not down to where the machine hangs. */
function peakRefusal(
  { id, memoryGiB, startPeakGiB }: ModelSpec,
  host: PoolMemory,
  limits: MemoryLimits,
): string | null {
  if (startPeakGiB === undefined || host.availableGiB - startPeakGiB >= startFloorGiB(limits)) return null;
  return (
    `${id} takes up to ${gib(startPeakGiB)} while it starts (${gib(memoryGiB)} later), but ${gib(host.availableGiB)} of ` +
    `${gib(host.totalGiB)} are available, and below ${gib(startFloorGiB(limits))} the machine may hang. ` +
    "Close other programs, or choose a model that takes less at its start."
  );
}

/** What the host says of itself while an engine starts. */
export interface HostStrain {
  availableGiB: number;
  /** Per cent of the last ten seconds in which every task waited for memory; null where the kernel does not count that. */
  stalledPercent: number | null;
}

/** A machine that waits for memory a fifth of the time, and has used its floor up, swaps instead of working. */
const strainedPercent = 20;

/** Why a start must be ended before the machine hangs; null where it may go on. */
export function strainOf({ availableGiB, stalledPercent }: HostStrain, limits: MemoryLimits): string | null {
  const left = `only ${gib(availableGiB)} were left`;
  const floorGiB = startFloorGiB(limits);
  if (availableGiB < floorGiB) return `${left}; below ${gib(floorGiB)} the machine may hang`;
  if (availableGiB >= limits.floorGiB || stalledPercent === null || stalledPercent < strainedPercent) return null;
  return `${left}, and everything waited for memory ${Math.round(stalledPercent)} % of the time`;
}

/** One look at the host while an engine's memory is awaited. */
export interface MemorySample {
  /** Seconds, on any clock. */
  at: number;
  availableGiB: number;
}

/** A rise below this is noise. */
const riseGiB = 0.0625;
/** Without a rise for this long, nothing more is coming. */
const settledSeconds = 2;
/** The release of GPU memory on a unified pool may begin this late. */
const lateSeconds = 15;
const longestSeconds = 60;
const enoughFraction = 0.8;

/**
 * Whether the memory of a stopped engine is back. `heldGiB` is what it was seen to hold; the samples begin when its
 * processes were gone. Done when most of it has returned; or when it has stopped rising (other programs may have
 * taken a part, so the sum alone is no criterion), if some came back or none came in a long while; or after a minute.
 * The next start looks at the real figure anyway, and waits for more where it must.
 */
export function memoryIsBack(samples: MemorySample[], heldGiB: number): boolean {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return false;
  const waited = last.at - first.at;
  if (last.availableGiB - first.availableGiB >= heldGiB * enoughFraction - riseGiB) return true;
  if (waited >= longestSeconds) return true;
  const earlier = samples.filter((sample) => sample.at <= last.at - settledSeconds).at(-1);
  if (earlier === undefined || last.availableGiB - earlier.availableGiB >= riseGiB) return false;
  return earlier.availableGiB - first.availableGiB >= riseGiB || waited >= lateSeconds;
}
