/** `decide`: the rules in their order. */
import { counted, earlier, type Look, lookAt, type Rule } from "./look.ts";
import type { Params } from "./params.ts";
import { abandon } from "./rules/abandon.ts";
import { admit } from "./rules/admit.ts";
import { keepToBudget } from "./rules/budget.ts";
import { drain } from "./rules/drain.ts";
import { idle } from "./rules/idle.ts";
import { place } from "./rules/place.ts";
import { refuse } from "./rules/refuse.ts";
import { bringBack } from "./rules/return.ts";
import { keepWarm } from "./rules/warm.ts";
import type { SchedulerState } from "./state.ts";
import type { Decision } from "./types.ts";

/**
 * Admission comes before the choice of a target, so that a free engine is never taken from a request that it could
 * serve; drains come before admission, so that an engine that was asked to go takes nobody in.
 */
const rules: Rule[] = [refuse, keepToBudget, drain, admit, abandon, place, idle, bringBack, keepWarm];

/** What to do now: the actions of the first rule that has any, else when to ask again. Pure. */
export function decide(state: SchedulerState, params: Params, at: number): Decision {
  const look = lookAt(state, params, at);
  let wakeAt: number | null = null;
  let why: string | null = null;
  for (const rule of rules) {
    const verdict = rule(look);
    if (verdict.actions.length > 0)
      return { actions: verdict.actions, wakeAt: null, why: verdict.why ?? summary(look) };
    wakeAt = earlier(wakeAt, verdict.wakeAt ?? Number.POSITIVE_INFINITY, at);
    why ??= verdict.why;
  }
  return { actions: [], wakeAt, why: why ?? summary(look) };
}

/** Where nothing is to be decided. */
function summary({ state, demands }: Look): string {
  const loaded = Object.keys(state.engines).filter((model) => state.engines[model]!.heldGiB > 0);
  if (loaded.length === 0) return "No model is loaded and nobody waits.";
  const each = loaded.map((model) => `${model} serves ${counted(demands.get(model)?.running ?? 0, "request")}`);
  return `${each.join(", ")}.`;
}
