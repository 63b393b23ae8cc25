/** News of engines. News of a generation that is not the engine's present one is ignored. */
import type { NodeId } from "../../nodes.ts";
import { afterDeath, afterFailedStart, blockedUntil, hasProved, noBlame } from "../failures.ts";
import { gone, moveEngine } from "../lifecycle.ts";
import type { Params } from "../params.ts";
import { type EngineState, type Refusal, type SchedulerState, withEngine } from "../state.ts";
import { dropIdleTargets } from "../target.ts";
import type { ModelId, SchedulerEvent } from "../types.ts";

type Failed = SchedulerEvent & { type: "failed" };

/** Of this generation, and its process not known to be gone. */
function current(state: SchedulerState, model: ModelId, generation: number): EngineState | null {
  const engine = state.engines[model];
  if (engine === undefined || engine.generation !== generation) return null;
  return engine.phase === "absent" || engine.phase === "failed" ? null : engine;
}

export function ready(state: SchedulerState, model: ModelId, generation: number, at: number): SchedulerState {
  if (current(state, model, generation)?.phase !== "starting") return state;
  const warm = onlyHours(state.engines[model]!.warm);
  return moveEngine(state, model, "ready", at, { readyAt: at, lastUsedAt: at, quietSince: at, warm });
}

/** What was to be loaded once has been. */
function onlyHours(warm: EngineState["warm"]): EngineState["warm"] {
  return warm === "once" ? null : warm;
}

/** An engine that lives already: it counts as having served, so nothing protects it but its users. */
export function adopt(
  state: SchedulerState,
  event: { model: ModelId; generation: number; nodes: NodeId[]; readyAt: number },
  at: number,
): SchedulerState {
  const { model, generation, nodes, readyAt } = event;
  const engine = state.engines[model];
  if (engine === undefined || (engine.phase !== "absent" && engine.phase !== "failed")) return state;
  const adopted = moveEngine(state, model, "ready", at, {
    ...gone,
    generation,
    readyAt,
    nodes,
    lastNodes: nodes,
    heldGiB: engine.facts.memoryGiB,
    lastUsedAt: at,
    quietSince: at,
    served: 1,
    displaced: false,
    unasked: false,
    warm: onlyHours(engine.warm),
  });
  return { ...adopted, nextGeneration: Math.max(state.nextGeneration, generation + 1) };
}

/**
 * A start failed or an engine died. Its leases are forgotten: whether their requests are retried or ended is the
 * waker's business (a retry arrives as a new request). Waiters stay for the next try, unless waiting will not help:
 * what is missing outside the model, or keeps its process from living for a moment, they are told at once.
 */
export function failed(state: SchedulerState, event: Failed, at: number, params: Params): SchedulerState {
  const { model, code, reason, cause } = event;
  const engine = current(state, model, event.generation);
  if (engine === null) return state;
  if (engine.phase === "stopping") return stopped(state, model, event.generation, at, params);
  const begins = engine.phase === "starting";
  const outside = begins && cause === "outside";
  const slate = outside ? noBlame(engine, { code, reason, at }) : blame(engine, { code, reason, at }, params);
  const warm = slate.failure?.quarantined ? onlyHours(engine.warm) : engine.warm;
  const wasToGo = engine.phase === "draining" && engine.stopReason !== "unhealthy";
  const phase = wasToGo || outside ? "absent" : "failed";
  const moved = moveEngine(withoutLeases(state, model), model, phase, at, { ...gone, ...slate, warm, lastUsedAt: at });
  if (outside) return forgetRemoved(refuseWaiters(moved, model, { code, message: reason }, at));
  if (!begins || cause !== "atOnce") return forgetRemoved(moved);
  return forgetRemoved(refuseWaiters(moved, model, endedAtOnce(moved.engines[model]!, reason, at), at));
}

function blame(engine: EngineState, news: Parameters<typeof afterDeath>[1], params: Params) {
  return (hasProved(engine, news.at, params) ? afterDeath : afterFailedStart)(engine, news, params);
}

function endedAtOnce(engine: EngineState, reason: string, at: number): Refusal {
  const retryAfterSeconds = Math.max(1, Math.ceil((blockedUntil(engine, at) ?? at) - at));
  const message = `${reason} It is started again for the next request, in ${retryAfterSeconds} s at the earliest.`;
  return { code: "model_unavailable", message, retryAfterSeconds };
}

export function stopped(
  state: SchedulerState,
  model: ModelId,
  generation: number,
  at: number,
  params: Params,
): SchedulerState {
  const engine = current(state, model, generation);
  if (engine?.phase !== "stopping") return state;
  const ill = engine.stopReason === "unhealthy" ? engine.failure : null;
  const slate = ill === null ? {} : blame(engine, { code: ill.code, reason: ill.reason, at }, params);
  return forgetRemoved(moveEngine(state, model, ill === null ? "absent" : "failed", at, { ...gone, ...slate }));
}

export function stuck(state: SchedulerState, model: ModelId, generation: number, reason: string): SchedulerState {
  if (current(state, model, generation)?.phase !== "stopping") return state;
  return withEngine(state, model, { stuck: reason });
}

/** Drains, stops, and starts again when somebody waits. */
export function unhealthy(
  state: SchedulerState,
  event: { model: ModelId; generation: number; reason: string },
  at: number,
): SchedulerState {
  if (current(state, event.model, event.generation)?.phase !== "ready") return state;
  const failure = { code: "engine_failed" as const, reason: event.reason, at, until: null, quarantined: false };
  return withEngine(state, event.model, { stopReason: "unhealthy", failure });
}

function withoutLeases(state: SchedulerState, model: ModelId): SchedulerState {
  return { ...state, running: state.running.filter((request) => request.model !== model) };
}

/** Marks every waiter of a model to be refused. */
export function refuseWaiters(state: SchedulerState, model: ModelId, refusal: Refusal, at: number): SchedulerState {
  const waiting = state.waiting.map((waiter) =>
    waiter.model === model && waiter.refusal === null ? { ...waiter, refusal } : waiter,
  );
  return dropIdleTargets({ ...state, waiting }, at);
}

/** Drops the records of models and nodes that are no longer configured and whose engines are gone. */
export function forgetRemoved(state: SchedulerState): SchedulerState {
  const kept = Object.entries(state.engines).filter(
    ([, engine]) => !engine.removed || (engine.phase !== "absent" && engine.phase !== "failed"),
  );
  const engines = kept.length === Object.keys(state.engines).length ? state.engines : Object.fromEntries(kept);
  const used = new Set(kept.flatMap(([, engine]) => engine.nodes));
  const stays = Object.entries(state.nodes).filter(([id, node]) => !node.removed || used.has(id));
  const nodes = stays.length === Object.keys(state.nodes).length ? state.nodes : Object.fromEntries(stays);
  return engines === state.engines && nodes === state.nodes ? state : { ...state, engines, nodes };
}
