/** A place for the models that somebody waits for: beside the others where it fits, else by a switch. */
import { type Group, waitingGroups } from "../groups.ts";
import { fitsNow, missingGiB } from "../ledger.ts";
import { counted, earlier, type Look, seconds, type Verdict } from "../look.ts";
import type { EngineState, SchedulerState } from "../state.ts";
import { chooseVictims } from "../victims.ts";

/** The decision tree, in this order; the first that applies ends it. */
export function place(look: Look): Verdict {
  const { groups, wakeAt: backoffEnds } = waitingGroups(look);
  if (groups.length === 0)
    return { actions: [], wakeAt: backoffEnds, why: backoffEnds === null ? null : pausing(look, backoffEnds) };
  const busy = inTransit(look.state);
  if (busy !== null) {
    const verb = busy.phase === "starting" ? "is loading" : "is stopping";
    return {
      actions: [],
      wakeAt: null,
      why: `${busy.facts.id} ${verb}; ${counted(groups.length, "model")} waited for.`,
    };
  }
  const switching = groups.filter((group) => group.engine.facts.id === look.state.target);
  let wakeAt = backoffEnds;
  let why: string | null = null;
  let overdue = false;
  for (const group of switching.length > 0 ? switching : groups) {
    // Behind an overdue group nobody else may cause a switch: models that come and go beside each other would each
    // have their minimum stay, and the overdue one would never find all of them ready to leave. Loading beside is
    // fine: it happens at most once for each model, as nothing leaves meanwhile.
    const verdict = placeOne(look, group, !overdue);
    if (verdict.actions.length > 0) return verdict;
    wakeAt = earlier(wakeAt, verdict.wakeAt ?? Number.POSITIVE_INFINITY, look.at);
    why ??= verdict.why;
    if (look.at >= group.overdueAt) overdue = true;
    wakeAt = earlier(wakeAt, group.overdueAt, look.at);
  }
  return { actions: [], wakeAt, why };
}

/** Never two starts at once, and none while a stop's memory is not back. */
export function inTransit(state: SchedulerState): EngineState | null {
  for (const model in state.engines) {
    const engine = state.engines[model]!;
    if (engine.phase === "starting" || engine.phase === "stopping") return engine;
  }
  return null;
}

function placeOne(look: Look, group: Group, maySwitch: boolean): Verdict {
  const model = group.engine.facts.id;
  const waiters = counted(group.demand.waiting.length, "request");
  if (fitsNow(look.state, group.engine)) {
    const actions = [{ type: "start" as const, model, generation: look.state.nextGeneration }];
    return { actions, wakeAt: null, why: `${model} starts: ${waiters} for it.` };
  }
  if (!maySwitch) return { actions: [], wakeAt: null, why: null };
  const leaving = new Set(Object.keys(look.state.engines).filter((id) => look.state.engines[id]!.phase === "draining"));
  if (leaving.size > 0 && missingGiB(look.state, group.engine, leaving) <= 0) {
    return { actions: [], wakeAt: null, why: `${model} starts when ${[...leaving].join(", ")} has stopped.` };
  }
  const victims = chooseVictims(look, group, leaving);
  if (victims.engines === null)
    return { actions: [], wakeAt: victims.wakeAt, why: waitingWhy(look, group, victims.wakeAt) };
  const actions = victims.engines.map(({ facts, generation }) => {
    return { type: "drain" as const, model: facts.id, generation, reason: "switch" as const, target: model };
  });
  const names = victims.engines.map((engine) => engine.facts.id).join(", ");
  return { actions, wakeAt: null, why: `${names} makes room for ${model}: ${waiters} for it.` };
}

function waitingWhy(look: Look, group: Group, wakeAt: number | null): string {
  const when =
    wakeAt === null ? "when the loaded models have finished" : `in ${seconds(wakeAt - look.at)} at the latest`;
  const waited = seconds(look.at - group.oldest.arrivedAt);
  return `${group.engine.facts.id} is waited for since ${waited}; the loaded models are in use and may leave ${when}.`;
}

function pausing(look: Look, until: number): string {
  return `A model that failed is tried again in ${seconds(until - look.at)}.`;
}
