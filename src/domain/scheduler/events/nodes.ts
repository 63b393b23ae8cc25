/** A node is configured, lost, or back. */
import type { NodeFacts, NodeId } from "../../nodes.ts";
import { newNode, type SchedulerState, withEngine, withNode } from "../state.ts";
import { dropTargetsOn } from "../target.ts";

/** Takes the new list. What stands on a node that is missing is asked to go. */
export function withNodes(state: SchedulerState, list: NodeFacts[], at: number): SchedulerState {
  let next = state;
  for (const facts of list) {
    const nodes = { ...next.nodes, [facts.id]: { ...(next.nodes[facts.id] ?? newNode(facts)), facts, removed: false } };
    next = { ...next, nodes };
  }
  for (const id in state.nodes) {
    if (list.some((facts) => facts.id === id)) continue;
    next = dropTargetsOn(withNode(next, id, { removed: true }), id, at);
    for (const model in next.engines) {
      const asked = next.engines[model]!.nodes.includes(id) && next.engines[model]!.phase !== "stopping";
      if (asked) next = withEngine(next, model, { stopReason: "changed" });
    }
  }
  return next;
}

/** A switch that needs a lost node is given up: another place may be found. */
export function node(state: SchedulerState, id: NodeId, news: "lost" | "back", at: number): SchedulerState {
  const lost = news === "lost";
  const next = withNode(state, id, { lost });
  return lost ? dropTargetsOn(next, id, at) : next;
}
