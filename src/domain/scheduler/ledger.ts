/** The memory ledger: what engines hold, what is kept free for utility models, and what fits. GiB. */
import type { EngineState, SchedulerState } from "./state.ts";

/** Rounding of sums of catalog figures. */
const slack = 1e-6;

/** Memory on the ledger, stuck and stopping engines included. */
export function heldGiB(state: SchedulerState): number {
  let sum = 0;
  for (const model in state.engines) sum += state.engines[model]!.heldGiB;
  return sum;
}

/** Memory of all utility models: kept free for them whether they run or not. */
function utilityLaneGiB(state: SchedulerState): number {
  let sum = 0;
  for (const model in state.engines) {
    const { facts, removed } = state.engines[model]!;
    if (facts.lifecycle === "utility" && !removed) sum += facts.memoryGiB;
  }
  return sum;
}

/**
 * True for a model that leaves no room for the utility models: an exclusive one, and a normal one that is too big
 * to stand beside all of them. Only such a model may take their place.
 */
export function displacesUtility(state: SchedulerState, engine: EngineState): boolean {
  const { lifecycle, memoryGiB } = engine.facts;
  if (lifecycle === "exclusive") return true;
  if (lifecycle === "utility") return utilityLaneGiB(state) > state.budgetGiB + slack;
  return memoryGiB + utilityLaneGiB(state) > state.budgetGiB + slack;
}

/** Room that is missing to start `engine` if the engines of `without` were gone; 0 or less = it fits. */
export function missingGiB(state: SchedulerState, engine: EngineState, without: ReadonlySet<string>): number {
  const exclusive = engine.facts.lifecycle === "exclusive";
  const displaces = displacesUtility(state, engine);
  let needed = engine.facts.memoryGiB;
  for (const model in state.engines) {
    const other = state.engines[model]!;
    const stays = other.heldGiB > 0 && !without.has(model);
    if (stays && (exclusive || other.facts.lifecycle === "exclusive")) return Number.POSITIVE_INFINITY;
    if (stays) needed += other.heldGiB;
    else if (other.facts.lifecycle === "utility" && other !== engine && !other.removed && !displaces)
      needed += engine.facts.lifecycle === "utility" ? 0 : other.facts.memoryGiB;
  }
  return needed <= state.budgetGiB + slack ? 0 : needed - state.budgetGiB;
}

const nobody: ReadonlySet<string> = new Set();

/** True where the model can start beside everything that holds memory now. */
export function fitsNow(state: SchedulerState, engine: EngineState): boolean {
  return missingGiB(state, engine, nobody) <= 0;
}
