/** The models that switches make room for: on each node one at most. */
import type { NodeId } from "../nodes.ts";
import { moveEngine } from "./lifecycle.ts";
import { type SchedulerState, withNode } from "./state.ts";
import type { ModelId, Target } from "./types.ts";

export function setTarget(state: SchedulerState, { model, nodes }: Target): SchedulerState {
  return nodes.reduce((next, id) => withNode(next, id, { target: model }), state);
}

/** The nodes on which room is made for this model. */
export function targetNodes(state: SchedulerState, model: ModelId): NodeId[] {
  return Object.keys(state.nodes).filter((id) => state.nodes[id]!.target === model);
}

/** Its load begins, so no room has to be made for it any more. */
export function reachTarget(state: SchedulerState, model: ModelId): SchedulerState {
  return targetNodes(state, model).reduce((next, id) => withNode(next, id, { target: null }), state);
}

/** Gives up every switch for whose target nobody waits any more. */
export function dropIdleTargets(state: SchedulerState, at: number): SchedulerState {
  const targets = new Set(Object.values(state.nodes).flatMap(({ target }) => target ?? []));
  for (const waiter of state.waiting) if (waiter.refusal === null) targets.delete(waiter.model);
  return giveUp(state, targets, at);
}

/** Gives up every switch that needs this node. */
export function dropTargetsOn(state: SchedulerState, id: NodeId, at: number): SchedulerState {
  const target = state.nodes[id]?.target ?? null;
  return target === null ? state : giveUp(state, new Set([target]), at);
}

/** Engines that drain for these targets alone serve again. Those that are already stopping go on to stop. */
function giveUp(state: SchedulerState, targets: ReadonlySet<ModelId>, at: number): SchedulerState {
  if (targets.size === 0) return state;
  let next = state;
  for (const target of targets) next = reachTarget(next, target);
  for (const model in state.engines) {
    const engine = state.engines[model]!;
    const leaves = engine.nodes.some((id) => next.nodes[id]!.target !== null);
    if (engine.phase === "draining" && engine.stopReason === "switch" && !leaves) {
      next = moveEngine(next, model, "ready", at, { stopReason: null });
    }
  }
  return next;
}
