/**
 * A model that is to be warm is loaded without being asked for: where there is room, while nobody waits and no answer
 * is in progress anywhere. It is never a reason to take a machine from anybody; those who come go before it.
 */
import { blockedUntil } from "../failures.ts";
import { earlier, type Look, type Verdict } from "../look.ts";
import { freeNodes } from "../placement.ts";
import type { EngineState, Warmth } from "../state.ts";

export function keepWarm(look: Look): Verdict {
  const { state, at } = look;
  const peace = state.running.length === 0 && state.waiting.length === 0;
  let wakeAt: number | null = null;
  for (const model in state.engines) {
    const engine = state.engines[model]!;
    if (engine.warm === null || engine.removed || (engine.phase !== "absent" && engine.phase !== "failed")) continue;
    const from = mayStartAt(look, engine);
    if (from > at) wakeAt = earlier(wakeAt, from, at);
    const nodes = peace && from <= at ? freeNodes(state, engine).slice(0, engine.facts.nodes) : [];
    if (nodes.length < engine.facts.nodes) continue;
    const why = `${model} starts: ${reasons[engine.warm]}, and nobody waits for another model.`;
    return { actions: [{ type: "start", model, generation: state.nextGeneration, nodes }], wakeAt: null, why };
  }
  return { actions: [], wakeAt, why: null };
}

/** After a failure not for a while, also where it was nobody's fault and forbids nothing to those who ask. */
function mayStartAt({ params, at }: Look, engine: EngineState): number {
  const { failure, since } = engine;
  if (failure === null || failure.at < since) return at;
  return Math.max(blockedUntil(engine, at) ?? 0, failure.at + params.warmPauseSeconds);
}

/** For people. */
const reasons: Record<Warmth, string> = {
  once: "it is to be loaded from the start",
  hours: "it is kept loaded in these hours",
};
