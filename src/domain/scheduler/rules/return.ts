/**
 * Utility models come with the first need, like any other. One that had to go for an exclusive model is started
 * again without being asked, as soon as there is room and nobody waits for another load.
 */
import { blockedUntil } from "../failures.ts";
import { waitingGroups } from "../groups.ts";
import { earlier, type Look, type Verdict } from "../look.ts";
import { freeNodes } from "../placement.ts";

export function bringBack(look: Look): Verdict {
  const { state, at } = look;
  let wakeAt: number | null = null;
  for (const model in state.engines) {
    const engine = state.engines[model]!;
    if (!engine.displaced || (engine.phase !== "absent" && engine.phase !== "failed")) continue;
    const until = blockedUntil(engine, at);
    if (until !== null) wakeAt = earlier(wakeAt, until, at);
    const nodes = until === null ? freeNodes(state, engine).slice(0, engine.facts.nodes) : [];
    if (nodes.length < engine.facts.nodes || waitingGroups(look).groups.length > 0) continue;
    const why = `${model} starts again: the model that it made room for has gone.`;
    return { actions: [{ type: "start", model, generation: state.nextGeneration, nodes }], wakeAt: null, why };
  }
  return { actions: [], wakeAt, why: null };
}
