/** The wall clock and the start of Hearth ask for models that nobody has asked for yet. */
import { type SchedulerState, withEngine } from "../state.ts";
import type { ModelId } from "../types.ts";

/** It is to be loaded once, as soon as there is room and peace. One that is loaded already has been. */
export function warm(state: SchedulerState, model: ModelId): SchedulerState {
  const engine = state.engines[model];
  if (engine === undefined || engine.warm !== null || engine.readyAt !== null) return state;
  return withEngine(state, model, { warm: "once" });
}

/** Its hours begin: it is kept loaded; or end: its idle stop counts again. */
export function hours(state: SchedulerState, model: ModelId, open: boolean): SchedulerState {
  const engine = state.engines[model];
  if (engine === undefined) return state;
  if (open) return withEngine(state, model, { warm: "hours" });
  return engine.warm === "hours" ? withEngine(state, model, { warm: null }) : state;
}
