/** A model that nobody has used for its idle time stops, counted from the end of its last request. */
import { earlier, type Look, type Verdict } from "../look.ts";
import { isUnknown, startDisturbedBy } from "../nodes.ts";
import { demandOf } from "../queue.ts";
import { type EngineState, isPinned } from "../state.ts";
import type { SchedulerAction } from "../types.ts";

export function idle(look: Look): Verdict {
  const actions: SchedulerAction[] = [];
  let wakeAt: number | null = null;
  for (const model in look.state.engines) {
    const engine = look.state.engines[model]!;
    const stopsAt = idleStopAt(look, engine);
    // Until that start is over it may as well serve: an event tells of its end.
    if (stopsAt === null || startDisturbedBy(look.state, engine) !== null) continue;
    const { generation } = engine;
    if (look.at >= stopsAt) actions.push({ type: "drain", model, generation, reason: "idle" });
    else wakeAt = earlier(wakeAt, stopsAt, look.at);
  }
  const first = actions[0];
  return {
    actions,
    wakeAt,
    why: first === undefined ? null : `${"model" in first ? first.model : ""} stops: nobody used it.`,
  };
}

/** When an engine will stop by itself if nobody uses it, or null: busy, pinned, kept in its hours or for ever, or out of reach. */
export function idleStopAt({ state, demands }: Look, engine: EngineState): number | null {
  const { id, policy } = engine.facts;
  if (engine.phase !== "ready" || isKept(engine) || engine.lastUsedAt === null) return null;
  const { running, waiting } = demandOf(demands, id);
  return running + waiting.length > 0 || isUnknown(state, engine) ? null : engine.lastUsedAt + policy.idleStopSeconds;
}

function isKept(engine: EngineState): boolean {
  return isPinned(engine) || engine.warm === "hours" || engine.facts.policy.idleStopSeconds === 0;
}
