/** What stands where, and which nodes may be used. */
import type { NodeId } from "../nodes.ts";
import { fitsBeside, pinnedOn } from "./ledger.ts";
import type { EngineState, SchedulerState } from "./state.ts";

export function isMoving({ phase }: EngineState): boolean {
  return phase === "starting" || phase === "stopping";
}

/** The engine on this node that is starting, or whose memory is not back. Nothing else starts there meanwhile. */
export function inTransit(state: SchedulerState, id: NodeId): EngineState | null {
  for (const model in state.engines) {
    const engine = state.engines[model]!;
    if (isMoving(engine) && engine.nodes.includes(id)) return engine;
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
