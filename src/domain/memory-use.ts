/** What engines were seen to take on this machine, and what the ledger makes of it. GiB. */
import type { ModelSpec } from "./model.ts";

/** Of one model with one image and one set of settings. */
export interface MemoryUse {
  /** The most that it took before it was ready. */
  startPeakGiB: number;
  /** The most that it took while it was ready. */
  restGiB: number;
}

/** Figures over several starts: the largest of each. */
export function mergedUse(known: MemoryUse | null, seen: MemoryUse): MemoryUse {
  if (known === null) return seen;
  return {
    startPeakGiB: Math.max(known.startPeakGiB, seen.startPeakGiB),
    restGiB: Math.max(known.restGiB, seen.restGiB),
  };
}

/** An engine that was seen to take this takes a little more on another day. */
const roomFraction = 1 / 20;

/**
 * What the ledger and the look before a start reckon with: what was seen here, in place of the catalog's figures. They
 * stay where an operator has said the memory, and where less was seen than weights and cache take: then the GPU's part
 * was hidden from us.
 */
export function neededMemory(
  { memoryGiB, startPeakGiB, leastGiB }: Pick<ModelSpec, "memoryGiB" | "startPeakGiB" | "leastGiB">,
  use: MemoryUse | null,
): Pick<ModelSpec, "memoryGiB" | "startPeakGiB"> {
  if (use === null || leastGiB === undefined || use.restGiB < leastGiB) {
    return { memoryGiB, ...(startPeakGiB === undefined ? {} : { startPeakGiB }) };
  }
  const rest = use.restGiB * (1 + roomFraction);
  const peak = use.startPeakGiB * (1 + roomFraction);
  return { memoryGiB: rest, ...(peak > rest ? { startPeakGiB: peak } : {}) };
}
