/** News of engines. News of a generation that is not the engine's present one is ignored. */
import type { NodeId } from "../../nodes.ts";
import type { ProblemCode } from "../../problem.ts";
import { afterFailure } from "../failures.ts";
import { gone, moveEngine } from "../lifecycle.ts";
import type { Params } from "../params.ts";
import { type EngineState, type SchedulerState, withEngine } from "../state.ts";
import { dropIdleTargets } from "../target.ts";
import type { ModelId } from "../types.ts";

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
 * waker's business (a retry arrives as a new request). Waiters stay, unless memory was missing: that will not
 * change by waiting, so they are told.
 */
export function failed(
  state: SchedulerState,
  event: { model: ModelId; generation: number; code: ProblemCode; reason: string },
  at: number,
  params: Params,
): SchedulerState {
  const engine = current(state, event.model, event.generation);
  if (engine === null) return state;
  if (engine.phase === "stopping") return stopped(state, event.model, event.generation, at, params);
  const blame = afterFailure(engine, event.code, event.reason, at, params);
  const warm = blame.failure?.quarantined ? onlyHours(engine.warm) : engine.warm;
  const change = { ...gone, ...blame, warm, lastUsedAt: at };
  const wasToGo = engine.phase === "draining" && engine.stopReason !== "unhealthy";
  const noBlame = event.code === "insufficient_memory" && engine.phase === "starting";
  const phase = wasToGo || noBlame ? "absent" : "failed";
  const moved = moveEngine(withoutLeases(state, event.model), event.model, phase, at, change);
  return noBlame ? refuseWaiters(moved, event.model, event.code, event.reason, at) : forgetRemoved(moved);
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
  const blame = ill === null ? {} : afterFailure(engine, ill.code, ill.reason, at, params);
  return forgetRemoved(moveEngine(state, model, ill === null ? "absent" : "failed", at, { ...gone, ...blame }));
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
export function refuseWaiters(
  state: SchedulerState,
  model: ModelId,
  code: ProblemCode,
  message: string,
  at: number,
): SchedulerState {
  const waiting = state.waiting.map((waiter) =>
    waiter.model === model && waiter.refusal === null ? { ...waiter, refusal: { code, message } } : waiter,
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
