/**
 * The scheduler: `reduce` takes in what happened, `decide` says what to do, `step` does both until nothing is left
 * to do. Pure: the waker and the simulation are its only shells. docs/decisions/0001 says why the policy is so.
 */
import { decide } from "./decide.ts";
import type { Params } from "./params.ts";
import { reduce } from "./reduce.ts";
import type { SchedulerState } from "./state.ts";
import type { SchedulerAction, SchedulerEvent } from "./types.ts";

export { decide } from "./decide.ts";
export { reduce } from "./reduce.ts";
export { initialState, type SchedulerState } from "./state.ts";

/** Rounds of `decide` that one event may cause. More is a bug: rules that undo each other. */
const roundLimit = 50;

export interface Step {
  state: SchedulerState;
  /** In the order in which they were decided and are to be run. */
  actions: SchedulerAction[];
  /** When to call `step` with null if nothing happens before. Strictly after `at`, or null. */
  wakeAt: number | null;
  /** One sentence for people. */
  why: string;
}

/** Takes in one event, or with null only the time, and decides until nothing is left to do. */
export function step(state: SchedulerState, event: SchedulerEvent | null, at: number, params: Params): Step {
  let next = event === null ? state : reduce(state, event, at, params);
  const actions: SchedulerAction[] = [];
  let acting: string | null = null;
  for (let round = 0; round < roundLimit; round += 1) {
    const decision = decide(next, params, at);
    if (decision.actions.length === 0) {
      return { state: next, actions, wakeAt: decision.wakeAt, why: acting ?? decision.why };
    }
    acting = decision.why;
    for (const action of decision.actions) next = reduce(next, { type: "acted", action }, at, params);
    actions.push(...decision.actions);
  }
  throw new Error(`The scheduler found no rest in ${roundLimit} rounds; last: ${acting}`);
}
