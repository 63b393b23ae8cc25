/** What people and scripts ask for. */
import { moveEngine } from "../lifecycle.ts";
import { cleanSlate, type SchedulerState, withEngine } from "../state.ts";
import type { ModelId, StopReason } from "../types.ts";
import { refuseWaiters } from "./engines.ts";

/** Keeps a running model alive: its idle time starts anew. */
export function touch(state: SchedulerState, model: ModelId, at: number): SchedulerState {
  const engine = state.engines[model];
  return engine?.readyAt == null ? state : withEngine(state, model, { lastUsedAt: at });
}

/**
 * Asks a starting or ready engine to go. Waiters stay and start it again, except at shutdown. A reason that is
 * already there is replaced: an operator's word counts more than a switch that may yet be given up.
 */
export function stop(state: SchedulerState, model: ModelId, reason: StopReason, at: number): SchedulerState {
  const engine = state.engines[model];
  if (engine === undefined) return state;
  const stays = engine.phase === "absent" || engine.phase === "failed" || engine.phase === "stopping";
  // What an operator stops stays away: until somebody asks for it, or its next hours begin.
  const change = { displaced: false, warm: reason === "operator" ? null : engine.warm };
  const asked = withEngine(state, model, stays ? change : { ...change, stopReason: reason });
  if (reason !== "shutdown") return asked;
  const message = "Hearth is shutting down. Ask again when it is back.";
  return refuseWaiters(asked, model, { code: "model_unavailable", message }, at);
}

/** Holds no failure against the model any more: ends back-off and quarantine. */
export function clear(state: SchedulerState, model: ModelId, at: number): SchedulerState {
  const engine = state.engines[model];
  if (engine === undefined) return state;
  if (engine.phase === "failed") return moveEngine(state, model, "absent", at, cleanSlate);
  // That it is ill is no count of the past: it is about to be restarted for it.
  const failure = engine.stopReason === "unhealthy" ? engine.failure : null;
  return withEngine(state, model, { ...cleanSlate, failure });
}
