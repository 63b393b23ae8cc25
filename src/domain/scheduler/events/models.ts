/** The configuration changes. */
import type { NodeFacts } from "../../nodes.ts";
import { newEngine, type SchedulerState, withEngine } from "../state.ts";
import { dropIdleTargets } from "../target.ts";
import type { ModelFacts, ModelId } from "../types.ts";
import { forgetRemoved } from "./engines.ts";
import { withNodes } from "./nodes.ts";
import { clear } from "./operator.ts";
import { setPin } from "./pins.ts";

/**
 * Takes the new list. A missing model is drained and stopped, and its waiters are refused. A model whose memory
 * figure changed is drained and stopped too, for the ledger's sake; other fields apply at once. (What else needs a
 * fresh engine only the waker can see; it says so with `stop`, reason `changed`.) So is what stands on a missing node,
 * and starts elsewhere when somebody waits. Whoever changes the configuration may have mended what kept a model from
 * starting: no failure is held against any of them.
 */
export function models(state: SchedulerState, list: ModelFacts[], nodes: NodeFacts[], at: number): SchedulerState {
  let next = withNodes(state, nodes, at);
  for (const facts of list) next = withFacts(next, facts, at);
  const listed = new Set(list.map((facts) => facts.id));
  for (const model in state.engines) {
    if (!listed.has(model)) next = withEngine(next, model, { removed: true, stopReason: "removed", displaced: false });
  }
  for (const model in next.engines) next = clear(next, model, at);
  return dropIdleTargets(forgetRemoved(next), at);
}

function withFacts(state: SchedulerState, facts: ModelFacts, at: number): SchedulerState {
  const engine = state.engines[facts.id];
  if (engine === undefined) return { ...state, engines: { ...state.engines, [facts.id]: newEngine(facts, at) } };
  const alive = engine.heldGiB > 0 && engine.phase !== "stopping";
  const asked = engine.removed ? "changed" : engine.stopReason;
  const stopReason = alive && engine.heldGiB !== facts.memoryGiB ? "changed" : asked;
  const { pinned } = facts.policy;
  const kept = engine.facts.policy.pinned === pinned ? state : setPin(state, facts.id, "configuration", pinned);
  return withEngine(kept, facts.id, {
    facts,
    removed: false,
    stopReason: alive ? stopReason : engine.stopReason,
  });
}

export function loadEstimate(state: SchedulerState, model: ModelId, seconds: number): SchedulerState {
  const engine = state.engines[model];
  if (engine === undefined) return state;
  return withEngine(state, model, { facts: { ...engine.facts, loadSeconds: seconds } });
}
