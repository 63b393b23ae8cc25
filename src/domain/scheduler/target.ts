/** The model that a switch makes room for. */
import { moveEngine } from "./lifecycle.ts";
import type { SchedulerState } from "./state.ts";

/**
 * Gives a switch up when nobody waits for its target any more: engines that only drain for it serve again.
 * Those that are already stopping go on to stop.
 */
export function dropIdleTarget(state: SchedulerState, at: number): SchedulerState {
  const { target } = state;
  if (target === null || state.waiting.some((waiter) => waiter.model === target && waiter.refusal === null))
    return state;
  let next: SchedulerState = { ...state, target: null };
  for (const model in state.engines) {
    const engine = state.engines[model]!;
    if (engine.phase === "draining" && engine.stopReason === "switch") {
      next = moveEngine(next, model, "ready", at, { stopReason: null });
    }
  }
  return next;
}
