/** Overload: a request that would wait too long is told at once when to come back. */
import type { Counting } from "./expected.ts";
import { forecast } from "./forecast.ts";
import { type Look, lookAt } from "./look.ts";
import type { Params } from "./params.ts";
import { demandOf } from "./queue.ts";
import type { Refusal, SchedulerState } from "./state.ts";
import type { RequestFacts } from "./types.ts";

/**
 * `state` already queues the request. Batch requests accept a longer wait. Only work is counted: somebody who was
 * refused because the loaded model is in use would be refused again and again, as only a waiter makes it leave. And of
 * that only answers that have been measured: a guess must not send anybody away, it only says when to come back.
 */
export function overloadRefusal(
  state: SchedulerState,
  params: Params,
  at: number,
  request: RequestFacts,
): Refusal | null {
  if (state.engines[request.model] === undefined) return null;
  const tooMany = state.waiting.length > params.queueLimit;
  const limit =
    request.priority === "batch" ? Math.max(params.maxWaitSeconds, params.batchOverdueSeconds) : params.maxWaitSeconds;
  if (!tooMany && limit === Number.POSITIVE_INFINITY) return null;
  const look = lookAt(state, params, at);
  // Nearly every request: it costs no forecast.
  if (entersAtOnce(look, request)) return null;
  const expected = (counting: Counting) => forecast(look, counting).requests.get(request.id)?.secondsLeft ?? 0;
  if (!tooMany && expected("measured") <= limit) return null;
  const retryAfterSeconds = Math.max(1, Math.ceil(expected("work")));
  const reason = tooMany
    ? `${params.queueLimit} requests wait already`
    : `the wait would be about ${retryAfterSeconds} s`;
  const message = `Too busy for ${request.model}: ${reason}. Ask again in ${retryAfterSeconds} s, or use a model that is loaded.`;
  return { code: "queue_full", message, retryAfterSeconds };
}

/** True where the request takes nobody's place in the queue. */
function entersAtOnce({ state, demands }: Look, { model }: RequestFacts): boolean {
  const engine = state.engines[model]!;
  const { running, waiting } = demandOf(demands, model);
  return engine.phase === "ready" && running + waiting.length <= engine.facts.concurrency;
}
