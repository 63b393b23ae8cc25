/** What stands where, and which nodes may be used. */
import type { NodeId } from "../nodes.ts";
import { fitsBeside, isOverdrawn, pinnedOn } from "./ledger.ts";
import { tinyGiB } from "./params.ts";
import type { EngineState, SchedulerState } from "./state.ts";

export function isMoving({ phase }: EngineState): boolean {
  return phase === "starting" || phase === "stopping";
}

/**
 * The engine in transit for which a start of `engine` on this node has to wait: it is starting, or its memory is not
 * back. Tiny models alone start side by side.
 */
export function startBlockedBy(state: SchedulerState, engine: EngineState, id: NodeId): EngineState | null {
  for (const model in state.engines) {
    const other = state.engines[model]!;
    if (!isMoving(other) || !other.nodes.includes(id)) continue;
    if (other.phase !== "starting" || !isTiny(other) || !isTiny(engine)) return other;
  }
  return null;
}

function isTiny({ facts }: EngineState): boolean {
  return Math.max(facts.memoryGiB, facts.startPeakGiB ?? 0) < tinyGiB;
}

/**
 * The engine whose start would be disturbed if this one's memory came back now, or null. vLLM measures at its start how
 * much memory is free, and gives up where that grows meanwhile (`init_snapshot.free_memory >= free_gpu_memory`). Where
 * all together are beyond the budget, the start needs what comes back.
 */
export function startDisturbedBy(state: SchedulerState, engine: EngineState): EngineState | null {
  for (const id of engine.nodes) {
    if (isOverdrawn(state, id)) continue;
    for (const model in state.engines) {
      const other = state.engines[model]!;
      const onePool = state.nodes[id]!.facts.gpus.length === 0 || other.facts.pool === engine.facts.pool;
      if (other !== engine && other.phase === "starting" && other.nodes.includes(id) && onePool) return other;
    }
  }
  return null;
}

/** True where a part of the engine stands on a lost node: nobody knows what it does, so nothing is asked of it. */
export function isUnknown(state: SchedulerState, engine: EngineState): boolean {
  return engine.nodes.some((id) => state.nodes[id]?.lost === true);
}

/** Nodes on which the model has, or can be given, room. */
export function usableNodes(state: SchedulerState, engine: EngineState): NodeId[] {
  return Object.keys(state.nodes).filter((id) => outOfUse(state, engine, id) === null);
}

/** Why the model cannot be started on a node, for people, or null. Time alone does not change it. */
export function outOfUse(state: SchedulerState, engine: EngineState, id: NodeId): string | null {
  const node = state.nodes[id]!;
  if (node.removed) return `${id} is no longer configured.`;
  if (node.lost) return `${id} cannot be reached.`;
  const there = Object.values(state.engines).filter((other) => other.nodes.includes(id));
  const stuck = there.find((other) => other.stuck !== null);
  if (stuck !== undefined) {
    const why = `stopping ${stuck.facts.id} could not be verified, so its memory may still be in use (${stuck.stuck})`;
    return `${why}. Nothing starts until it is gone.`;
  }
  const unknown = there.filter((other) => isUnknown(state, other));
  const stay = [...new Set([...unknown, ...pinnedOn(state, engine, id)])];
  if (!unknown.some(isMoving) && fitsBeside(state, engine, id, stay)) return null;
  const names = stay.map((other) => other.facts.id).join(", ");
  return names === "" ? `${id} is too small.` : `${names} cannot be made to leave ${id}.`;
}
