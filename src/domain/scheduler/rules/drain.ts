/** Engines that are to go: stop admitting, wait for the leases to end, cut them at the timeout, stop. */
import { counted, earlier, type Look, seconds, type Verdict } from "../look.ts";
import { isUnknown, startDisturbedBy } from "../nodes.ts";
import { demandOf } from "../queue.ts";
import type { EngineState } from "../state.ts";
import type { SchedulerAction, StopReason } from "../types.ts";

export function drain(look: Look): Verdict {
  const actions: SchedulerAction[] = [];
  let wakeAt: number | null = null;
  let why: string | null = null;
  for (const model in look.state.engines) {
    const engine = look.state.engines[model]!;
    actions.push(...actionsFor(look, engine));
    if (engine.phase !== "draining" || isUnknown(look.state, engine)) continue;
    wakeAt = earlier(wakeAt, engine.since + look.params.drainSeconds, look.at);
    why ??= `${model} finishes ${counted(demandOf(look.demands, model).running, "request")} before it stops: ${reasons[engine.stopReason ?? "switch"]}.`;
  }
  return { actions, wakeAt, why: actions.length > 0 ? (whyOf(actions[0]!) ?? why) : why };
}

function actionsFor({ state, params, demands, at }: Look, engine: EngineState): SchedulerAction[] {
  const { phase, generation, stopReason: reason } = engine;
  const model = engine.facts.id;
  if (reason === null || isUnknown(state, engine)) return [];
  if (phase === "ready") return [{ type: "drain", model, generation, reason }];
  const mayRelease = startDisturbedBy(state, engine) === null;
  if (phase === "starting") return mayRelease ? [{ type: "stop", model, generation, reason }] : [];
  if (phase !== "draining") return [];
  if (demandOf(demands, model).running === 0) return mayRelease ? [{ type: "stop", model, generation, reason }] : [];
  if (at < engine.since + params.drainSeconds) return [];
  const waited = `${model} had to stop and waited ${seconds(params.drainSeconds)} for this answer to end`;
  const leases = state.running.filter((request) => request.model === model);
  return leases.map((request) => ({ type: "cut", request: request.id, reason: `${waited}: ${reasons[reason]}.` }));
}

/** For people. */
const reasons: Record<StopReason, string> = {
  idle: "nobody used it",
  switch: "another model needs its memory",
  operator: "an operator asked for it",
  abandoned: "nobody waits for it any more",
  removed: "it is no longer configured",
  changed: "its configuration changed",
  budget: "models together may take less memory now",
  unhealthy: "its health checks failed",
  shutdown: "Hearth is shutting down",
};

function whyOf(action: SchedulerAction): string | null {
  if (action.type !== "stop" && action.type !== "drain") return null;
  return `${action.model} ${action.type === "stop" ? "stops" : "takes no new requests"}: ${reasons[action.reason]}.`;
}
