/** A load that nobody waits for is dropped when another model that is waited for needs its node, unless nearly done. */
import { type Group, waitingGroups } from "../groups.ts";
import type { Look, Verdict } from "../look.ts";
import { isUnknown, startDisturbedBy, usableNodes } from "../nodes.ts";
import { freeNodes } from "../placement.ts";
import { demandOf } from "../queue.ts";
import type { EngineState, SchedulerState } from "../state.ts";

export function abandon(look: Look): Verdict {
  const { state } = look;
  for (const model in state.engines) {
    const engine = state.engines[model]!;
    if (!isInVain(look, engine)) continue;
    const other = waitingGroups(look).groups.find((group) => needs(state, group, engine));
    if (other === undefined) continue;
    const why = `Nobody waits for ${model} any more, and somebody waits for ${other.engine.facts.id}: the load is dropped.`;
    return {
      actions: [{ type: "stop", model, generation: engine.generation, reason: "abandoned" }],
      wakeAt: null,
      why,
    };
  }
  return { actions: [], wakeAt: null, why: null };
}

function isInVain({ state, params, demands, at }: Look, engine: EngineState): boolean {
  if (engine.phase !== "starting" || demandOf(demands, engine.facts.id).waiting.length > 0) return false;
  if (startDisturbedBy(state, engine) !== null) return false;
  // Nobody waits for the rest of a load that nobody has asked for.
  if (engine.unasked && !isUnknown(state, engine)) return true;
  return at - engine.since < params.nearlyDone * engine.facts.loadSeconds && !isUnknown(state, engine);
}

/** True where the group could use a node on which the engine is starting, and has no room elsewhere. */
function needs(state: SchedulerState, { engine: other }: Group, { nodes }: EngineState): boolean {
  const usable = usableNodes(state, other);
  return nodes.some((id) => usable.includes(id)) && freeNodes(state, other).length < other.facts.nodes;
}
