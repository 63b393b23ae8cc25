/** A request comes, or leaves. */

import type { ServiceTimes } from "../../work.ts";
import { overloadRefusal } from "../overload.ts";
import type { Params } from "../params.ts";
import { type EngineState, type RunningRequest, type SchedulerState, withEngine } from "../state.ts";
import { dropIdleTargets } from "../target.ts";
import type { RequestFacts, RequestId, SchedulerEvent } from "../types.ts";

/** Queues the request, and judges once whether its wait would be too long. */
export function arrive(state: SchedulerState, request: RequestFacts, at: number, params: Params): SchedulerState {
  const known = (other: RequestFacts) => other.id === request.id;
  if (state.running.some(known) || state.waiting.some(known)) return state;
  const waiter = { ...request, arrivedAt: at, refusal: null };
  const asked = state.engines[request.model]?.unasked ? withEngine(state, request.model, { unasked: false }) : state;
  const queued = withGap({ ...asked, waiting: [...state.waiting, waiter] }, request, at, params);
  const refusal = overloadRefusal(queued, params, at, request);
  if (refusal === null) return queued;
  return { ...queued, waiting: [...state.waiting, { ...waiter, refusal }] };
}

/** Learns how long the model's users usually pause, from the first request after a quiet time. */
function withGap(state: SchedulerState, request: RequestFacts, at: number, params: Params): SchedulerState {
  const engine = state.engines[request.model];
  if (engine?.phase !== "ready" || request.priority === "batch" || engine.servedInteractive === 0) return state;
  const busy = (other: RequestFacts) =>
    other.model === request.model && other.priority === "interactive" && other.id !== request.id;
  if (state.running.some(busy) || state.waiting.some(busy)) return state;
  const usualGap = average(engine.usualGap, at - engine.quietSince, params);
  return withEngine(state, request.model, { usualGap });
}

/** The lease counts again, even beyond the model's concurrency: its answer is being given. Else nothing changes. */
export function resume(state: SchedulerState, request: RequestFacts, generation: number, at: number): SchedulerState {
  const engine = state.engines[request.model];
  const alive = engine?.phase === "ready" || engine?.phase === "draining";
  if (!alive || engine.generation !== generation || state.running.some(({ id }) => id === request.id)) return state;
  const running = [...state.running, { ...request, generation, since: at }];
  const interactive = request.priority === "interactive" ? 1 : 0;
  return withEngine({ ...state, running }, request.model, {
    served: engine.served + 1,
    servedInteractive: engine.servedInteractive + interactive,
    lastClient: request.client,
  });
}

/** The client gave up, or its answer has ended. */
export function leave(
  state: SchedulerState,
  { request: id, cutShort }: SchedulerEvent & { type: "leave" },
  at: number,
  params: Params,
): SchedulerState {
  const running = state.running.find((request) => request.id === id);
  if (running === undefined) {
    const waiting = state.waiting.filter((waiter) => waiter.id !== id);
    return waiting.length === state.waiting.length ? state : dropIdleTargets({ ...state, waiting }, at);
  }
  const engine = state.engines[running.model];
  const left = endRunning(state, id, at);
  if (engine === undefined) return left;
  const usualService = cutShort ? engine.usualService : withAnswer(engine.usualService, running, at, params);
  return withEngine(left, running.model, { usualService, failures: 0, deaths: 0 });
}

function withAnswer(usual: ServiceTimes, { work, since }: RunningRequest, at: number, params: Params): ServiceTimes {
  return { ...usual, [work]: average(usual[work] ?? null, at - since, params) };
}

/** Takes the lease back and starts the clocks of idle stop and linger. */
export function endRunning(state: SchedulerState, id: RequestId, at: number): SchedulerState {
  const ended = state.running.find((request) => request.id === id);
  if (ended === undefined) return state;
  const running = state.running.filter((request) => request !== ended);
  const change: Partial<EngineState> = { lastUsedAt: at };
  const quiet = !running.some((other) => other.model === ended.model && other.priority === "interactive");
  if (ended.priority === "interactive" && quiet) change.quietSince = at;
  return withEngine({ ...state, running }, ended.model, change);
}

function average(usual: number | null, newest: number, params: Params): number {
  return usual === null ? newest : usual + params.averageWeight * (newest - usual);
}
