/** The scheduler's own actions, folded back: the state follows the journal, not the other way round. */
import { gone, moveEngine } from "../lifecycle.ts";
import { type EngineState, type SchedulerState, withEngine } from "../state.ts";
import { dropIdleTargets, reachTarget, setTarget } from "../target.ts";
import type { SchedulerAction } from "../types.ts";
import { endRunning } from "./requests.ts";

export function acted(state: SchedulerState, action: SchedulerAction, at: number): SchedulerState {
  switch (action.type) {
    case "start":
      return start(state, action, at);
    case "stop":
      return moveEngine(state, action.model, "stopping", at, {
        stopReason: action.reason,
        displaced: comesBack(state.engines[action.model]!, action.reason),
      });
    case "drain": {
      const draining = moveEngine(state, action.model, "draining", at, { stopReason: action.reason });
      return action.target === undefined ? draining : setTarget(draining, action.target);
    }
    case "admit":
      return admit(state, action, at);
    case "refuse": {
      const waiting = state.waiting.filter((waiter) => waiter.id !== action.request);
      return dropIdleTargets({ ...state, waiting }, at);
    }
    case "cut":
      return endRunning(state, action.request, at);
  }
}

function start(state: SchedulerState, action: SchedulerAction & { type: "start" }, at: number): SchedulerState {
  const engine = state.engines[action.model]!;
  const started = moveEngine(state, action.model, "starting", at, {
    ...gone,
    generation: action.generation,
    nodes: action.nodes,
    lastNodes: action.nodes,
    heldGiB: engine.facts.memoryGiB,
    displaced: false,
    unasked: engine.warm !== null && !state.waiting.some((waiter) => waiter.model === action.model),
  });
  return { ...reachTarget(started, action.model), nextGeneration: action.generation + 1 };
}

/** A utility model that leaves for another model's sake is wanted back; so is one whose return was given up. */
function comesBack(engine: EngineState, reason: string): boolean {
  return engine.facts.policy.lifecycle === "utility" && (reason === "switch" || reason === "abandoned");
}

function admit(state: SchedulerState, action: SchedulerAction & { type: "admit" }, at: number): SchedulerState {
  const waiter = state.waiting.find((request) => request.id === action.request)!;
  const engine = state.engines[action.model]!;
  const { id, model, client, priority, work } = waiter;
  const waiting = state.waiting.filter((request) => request !== waiter);
  const lease = { id, model, client, priority, work, generation: action.generation, since: at };
  const queued = waiting.some((request) => request.model === model);
  return withEngine({ ...state, waiting, running: [...state.running, lease] }, model, {
    served: engine.served + 1,
    servedInteractive: engine.servedInteractive + (priority === "interactive" ? 1 : 0),
    lastClient: client,
    turns: queued ? { ...engine.turns, [client]: engine.served + 1 } : {},
  });
}
