/** Waiters that can never be served, or not for long, are told so at once. */
import { isQuarantined } from "../failures.ts";
import { displacesUtility } from "../ledger.ts";
import { counted, type Look, type Verdict } from "../look.ts";
import type { EngineState, Refusal, SchedulerState } from "../state.ts";
import type { ModelId } from "../types.ts";

/** How soon a client may ask again while an engine cannot be stopped. */
const stuckRetrySeconds = 60;

export function refuse({ state, at }: Look): Verdict {
  const known = new Map<ModelId, Refusal | null>();
  const actions = state.waiting.flatMap((waiter) => {
    if (!known.has(waiter.model)) known.set(waiter.model, refusalOf(state, waiter.model, at));
    const refusal = waiter.refusal ?? known.get(waiter.model);
    return refusal ? [{ type: "refuse" as const, request: waiter.id, ...refusal }] : [];
  });
  const why = actions.length > 0 ? `Refused ${counted(actions.length, "request")}: ${actions[0]!.message}` : null;
  return { actions, wakeAt: null, why };
}

/** Why nobody may wait for this model, or null. */
export function refusalOf(state: SchedulerState, model: ModelId, at: number): Refusal | null {
  const engine = state.engines[model];
  if (engine === undefined || engine.removed) {
    return { code: "model_not_found", message: `There is no model ${model} here. Ask /v1/models for the list.` };
  }
  if (engine.phase === "ready" || engine.phase === "starting" || engine.phase === "draining") return null;
  return quarantineRefusal(engine, at) ?? memoryRefusal(state, engine) ?? stuckRefusal(state, model);
}

function quarantineRefusal(engine: EngineState, at: number): Refusal | null {
  if (!isQuarantined(engine, at)) return null;
  const retryAfterSeconds = Math.ceil(engine.failure!.until! - at);
  const message =
    `${engine.facts.id} failed ${engine.failures} times in a row and is left alone for ${retryAfterSeconds} s more. ` +
    `The last failure: ${engine.failure!.reason} \`hearth clear ${engine.facts.id}\` lets it be tried again at once.`;
  return { code: "model_unavailable", message, retryAfterSeconds };
}

function memoryRefusal(state: SchedulerState, engine: EngineState): Refusal | null {
  const { id, memoryGiB, lifecycle } = engine.facts;
  if (memoryGiB > state.budgetGiB) {
    const message = `${id} needs ${memoryGiB} GiB; this machine gives all models together ${state.budgetGiB} GiB.`;
    return { code: "insufficient_memory", message };
  }
  const pinned = Object.values(state.engines).filter((other) => other.pinned && other.heldGiB > 0 && other !== engine);
  if (pinned.length === 0) return null;
  const kept = displacesUtility(state, engine) ? 0 : unpinnedUtilityGiB(state, engine);
  const held = pinned.reduce((sum, other) => sum + other.heldGiB, kept);
  const alone = lifecycle === "exclusive" || pinned.some((other) => other.facts.lifecycle === "exclusive");
  if (!alone && memoryGiB + held <= state.budgetGiB) return null;
  const names = pinned.map((other) => other.facts.id).join(", ");
  const message = `${id} needs ${memoryGiB} GiB beside ${names}, which is pinned, in ${state.budgetGiB} GiB. Unpin it first.`;
  return { code: "insufficient_memory", message };
}

/** Room that stays reserved for utility models beside a normal model. */
function unpinnedUtilityGiB(state: SchedulerState, engine: EngineState): number {
  if (engine.facts.lifecycle === "utility") return 0;
  return Object.values(state.engines)
    .filter((other) => other.facts.lifecycle === "utility" && !(other.pinned && other.heldGiB > 0) && !other.removed)
    .reduce((sum, other) => sum + other.facts.memoryGiB, 0);
}

function stuckRefusal(state: SchedulerState, model: ModelId): Refusal | null {
  const dirty = Object.values(state.engines).find((engine) => engine.stuck !== null);
  if (dirty === undefined) return null;
  const message =
    `${model} cannot start: stopping ${dirty.facts.id} could not be verified, so its memory may still be in use ` +
    `(${dirty.stuck}). Nothing starts until it is gone.`;
  return { code: "model_unavailable", message, retryAfterSeconds: stuckRetrySeconds };
}
