/** A load that nobody waits for is dropped when somebody waits for another model, unless it is nearly done. */
import { waitingGroups } from "../groups.ts";
import type { Look, Verdict } from "../look.ts";
import { demandOf } from "../queue.ts";

export function abandon(look: Look): Verdict {
  const { state, params, demands, at } = look;
  const nothing: Verdict = { actions: [], wakeAt: null, why: null };
  const engine = Object.values(state.engines).find((candidate) => candidate.phase === "starting");
  if (engine === undefined || demandOf(demands, engine.facts.id).waiting.length > 0) return nothing;
  const other = waitingGroups(look).groups[0];
  if (other === undefined || at - engine.since >= params.nearlyDone * engine.facts.loadSeconds) return nothing;
  const { id: model } = engine.facts;
  const why = `Nobody waits for ${model} any more, and somebody waits for ${other.engine.facts.id}: the load is dropped.`;
  return { actions: [{ type: "stop", model, generation: engine.generation, reason: "abandoned" }], wakeAt: null, why };
}
