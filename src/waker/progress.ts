/** What a waiter is told. */
import { loadPercent } from "../domain/estimates.ts";
import { expectedEnd } from "../domain/scheduler/expected.ts";
import { estimateWait } from "../domain/scheduler/forecast.ts";
import type { Params } from "../domain/scheduler/params.ts";
import type { SchedulerState } from "../domain/scheduler/scheduler.ts";
import type { RequestFacts } from "../domain/scheduler/types.ts";
import type { Progress } from "../link/link.ts";
import { now } from "./clock.ts";
import type { EngineLife } from "./engine-life.ts";

export function progressOf(
  request: RequestFacts,
  state: SchedulerState,
  params: Params,
  life: EngineLife | undefined,
): Progress {
  const at = now();
  const wait = estimateWait(state, params, at, request.id);
  const secondsLeft = Number.isFinite(wait.secondsLeft) ? Math.max(0, wait.secondsLeft) : null;
  // Between two turns of the loop, before the scheduler has heard of it.
  if (wait.place === 0) return { place: 1, phase: "queued", percent: null, secondsLeft: null };
  const engine = state.engines[request.model];
  if (life === undefined || engine?.phase !== "starting") {
    return { place: wait.place, phase: wait.phase, percent: null, secondsLeft };
  }
  const load = engine.facts.loadSeconds;
  if (life.startedAt !== null) {
    const percent = loadPercent(at - life.startedAt, load);
    const secondsLeft = expectedEnd(life.startedAt, load, at) - at;
    return { place: wait.place, phase: life.phase, percent, secondsLeft };
  }
  // The scheduler's estimate knows nothing of what comes before the load.
  const before = secondsOfPreparation(life, engine.since, at);
  return {
    place: wait.place,
    phase: life.phase,
    percent: life.percent,
    secondsLeft: before === null ? null : before + load,
  };
}

/** Seconds left, from what came so far; null where nobody knows: what has to be fetched, or too little came to say. */
function secondsOfPreparation({ phase, percent }: EngineLife, since: number, at: number): number | null {
  if (phase === "waiting for memory") return 0;
  if (percent === null || percent < 1) return null;
  return ((at - since) * (100 - percent)) / percent;
}
