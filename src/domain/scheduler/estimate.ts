/** What people are told about a wait. */
import { forecast } from "./forecast.ts";
import { lookAt } from "./look.ts";
import type { Params } from "./params.ts";
import type { SchedulerState } from "./state.ts";
import type { ModelId, RequestId, WaitEstimate } from "./types.ts";

/** The wait of one request, now. A request that runs, or is unknown, has place 0 and nothing left to wait for. */
export function estimateWait(state: SchedulerState, params: Params, at: number, requestId: RequestId): WaitEstimate {
  const known = forecast(lookAt(state, params, at)).requests.get(requestId);
  return (
    known ?? { place: 0, phase: state.running.some(({ id }) => id === requestId) ? "running" : "gone", secondsLeft: 0 }
  );
}

/** Seconds until the model would be ready if it were asked for now; 0 when it is ready, Infinity when unknown. */
export function secondsToReady(state: SchedulerState, params: Params, at: number, model: ModelId): number {
  const engine = state.engines[model];
  if (engine === undefined) return Number.POSITIVE_INFINITY;
  if (engine.phase === "ready") return 0;
  const asked = state.waiting.some((waiter) => waiter.model === model && waiter.refusal === null)
    ? state
    : { ...state, waiting: [...state.waiting, question(model, at)] };
  const ready = forecast(lookAt(asked, params, at)).readyAt.get(model);
  return ready === undefined ? engine.facts.loadSeconds : Math.max(0, ready.readyAt - at);
}

/** Stands for the request that somebody thinks of sending. */
function question(model: ModelId, at: number) {
  return { id: "?", model, client: "?", priority: "interactive" as const, arrivedAt: at, refusal: null };
}
