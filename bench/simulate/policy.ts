/** What the simulated world tells a policy and what it is told: the scheduler's own words. */
import type { SchedulerAction, SchedulerEvent } from "../../src/domain/scheduler/types.ts";
import type { Machine } from "./trace.ts";

export interface Policy {
  /** Takes in an event, or with null that its wake-up has come. `wakeAt` replaces the wake-up before. */
  step(event: SchedulerEvent | null, at: number): { actions: SchedulerAction[]; wakeAt: number | null };
}

export type PolicyMaker = (machine: Machine) => Policy;
