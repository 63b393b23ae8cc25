/** A pinned model is never stopped for another, nor for idleness. Each owner's pin counts for itself. */
import { type SchedulerState, withEngine } from "../state.ts";
import type { ModelId, PinOwner, SchedulerEvent } from "../types.ts";

/** A client takes back none but the clients' pin; an operator's word ends every pin. */
export function pin(state: SchedulerState, { model, pinned, owner }: SchedulerEvent & { type: "pin" }): SchedulerState {
  if (!pinned && owner === "operator") return withEngine(state, model, { pinnedBy: [] });
  return setPin(state, model, owner, pinned);
}

export function setPin(state: SchedulerState, model: ModelId, owner: PinOwner, pinned: boolean): SchedulerState {
  const engine = state.engines[model];
  if (engine === undefined || engine.pinnedBy.includes(owner) === pinned) return state;
  const others = engine.pinnedBy.filter((other) => other !== owner);
  return withEngine(state, model, { pinnedBy: pinned ? [...others, owner] : others });
}
