/**
 * When each request will be served: what is in flight, plus a stop and a load for each group ahead. An honest guess for
 * people and for the overload rule, not a promise.
 */

import type { Work } from "../work.ts";
import { type Counting, serviceSeconds } from "./expected.ts";
import { type Look, lookAt } from "./look.ts";
import type { Params } from "./params.ts";
import type { Demand } from "./queue.ts";
import { inTurn } from "./rules/admit.ts";
import type { EngineState, SchedulerState, WaitingRequest } from "./state.ts";
import { type Timeline, timeline } from "./timeline.ts";
import type { ModelId, RequestId, WaitEstimate } from "./types.ts";

export interface Forecast {
  requests: Map<RequestId, WaitEstimate>;
  readyAt: Timeline;
}

export function forecast(look: Look, counting: Counting = "all"): Forecast {
  const readyAt = timeline(look, counting);
  const waits: { id: RequestId; phase: string; secondsLeft: number }[] = [];
  for (const demand of look.demands.values()) {
    const engine = look.state.engines[demand.model];
    if (engine === undefined || demand.waiting.length === 0) continue;
    const { readyAt: opens, phase } = readyAt.get(demand.model) ?? { readyAt: look.at, phase: "queued" };
    const queue = inTurn(engine, demand.waiting, demand.waiting.length, look.params);
    const queued = queueSeconds(look, engine, demand, queue, counting);
    for (const [index, { id }] of queue.entries()) {
      waits.push({ id, phase, secondsLeft: Math.max(0, opens - look.at) + queued[index]! });
    }
  }
  waits.sort((a, b) => a.secondsLeft - b.secondsLeft);
  const requests = new Map(waits.map(({ id, ...wait }, index) => [id, { place: index + 1, ...wait }]));
  return { requests, readyAt };
}

/** Of each in the queue its wait for a free lease at a ready engine: as long as the usual answers before it take. */
function queueSeconds(
  { state }: Look,
  engine: EngineState,
  demand: Demand,
  queue: WaitingRequest[],
  counting: Counting,
): number[] {
  const { id, concurrency } = engine.facts;
  const running =
    engine.phase === "ready" && demand.running > 0 ? state.running.filter(({ model }) => model === id) : [];
  const seconds = ({ work }: { work: Work }) => serviceSeconds(engine, work, counting);
  let before = running.reduce((sum, request) => sum + seconds(request), 0);
  return queue.map((request, index) => {
    const behind = index - (concurrency - running.length) + 1;
    const usual = before / (running.length + index);
    before += seconds(request);
    return behind <= 0 ? 0 : (behind / concurrency) * usual;
  });
}

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
  return {
    id: "?",
    model,
    client: "?",
    priority: "interactive" as const,
    work: "presence" as const,
    arrivedAt: at,
    refusal: null,
  };
}
