/** What every rule of `decide` looks at, and what it answers. */
import type { Params } from "./params.ts";
import { type Demands, demandsOf } from "./queue.ts";
import type { SchedulerState } from "./state.ts";
import type { SchedulerAction } from "./types.ts";

export interface Look {
  state: SchedulerState;
  params: Params;
  at: number;
  demands: Demands;
}

export interface Verdict {
  /** Actions that are right together in this state. */
  actions: SchedulerAction[];
  /** When this rule could have an action if nothing happens. Strictly after `at`, or null. */
  wakeAt: number | null;
  /** A sentence for people, or null where this rule has nothing to say. */
  why: string | null;
}

export type Rule = (look: Look) => Verdict;

export function lookAt(state: SchedulerState, params: Params, at: number): Look {
  return { state, params, at, demands: demandsOf(state) };
}

/** The earlier of two wake-ups; one that is never, or not in the future, does not count. */
export function earlier(wakeAt: number | null, other: number, at: number): number | null {
  if (!(other > at) || other === Number.POSITIVE_INFINITY) return wakeAt;
  return wakeAt === null ? other : Math.min(wakeAt, other);
}

/** "1 request", "2 requests". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Seconds for people, rounded up. */
export function seconds(value: number): string {
  return `${Math.max(0, Math.ceil(value))} s`;
}
