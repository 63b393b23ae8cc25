/** Who waits for what and who runs where: one pass over the requests, then cheap questions. */
import type { SchedulerState, WaitingRequest } from "./state.ts";
import type { ModelId } from "./types.ts";

/** The requests of one model. Waiters that are about to be refused are not counted. */
export interface Demand {
  model: ModelId;
  /** In the order of arrival. */
  waiting: WaitingRequest[];
  waitingInteractive: number;
  running: number;
  runningInteractive: number;
}

export type Demands = Map<ModelId, Demand>;

const nothing: Demand = { model: "", waiting: [], waitingInteractive: 0, running: 0, runningInteractive: 0 };

export function demandsOf(state: SchedulerState): Demands {
  const demands: Demands = new Map();
  const entry = (model: ModelId): Demand => {
    const known = demands.get(model);
    if (known !== undefined) return known;
    const fresh = { ...nothing, model, waiting: [] };
    demands.set(model, fresh);
    return fresh;
  };
  for (const request of state.waiting) {
    if (request.refusal !== null) continue;
    const demand = entry(request.model);
    demand.waiting.push(request);
    if (request.priority === "interactive") demand.waitingInteractive += 1;
  }
  for (const request of state.running) {
    const demand = entry(request.model);
    demand.running += 1;
    if (request.priority === "interactive") demand.runningInteractive += 1;
  }
  return demands;
}

export function demandOf(demands: Demands, model: ModelId): Demand {
  return demands.get(model) ?? nothing;
}

/** The oldest waiter that counts: the oldest interactive one, or the oldest of all where only batch waits. */
export function oldestOf(demand: Demand): WaitingRequest {
  return demand.waiting.find((request) => request.priority === "interactive") ?? demand.waiting[0]!;
}
