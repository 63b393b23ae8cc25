/** Overload: a request that would wait too long is told at once when to come back. */
import { forecast } from "./forecast.ts";
import { lookAt } from "./look.ts";
import type { Params } from "./params.ts";
import type { Refusal, SchedulerState } from "./state.ts";
import type { RequestFacts } from "./types.ts";

/** `state` already queues the request. Batch requests accept a longer wait. */
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
  const expected = forecast(lookAt(state, params, at)).requests.get(request.id)?.secondsLeft ?? 0;
  if (tooMany ? expected === 0 : expected <= limit) return null;
  const retryAfterSeconds = Math.ceil(expected);
  const reason = tooMany
    ? `${params.queueLimit} requests wait already`
    : `the wait would be about ${retryAfterSeconds} s`;
  const message = `Too busy for ${request.model}: ${reason}. Ask again in ${retryAfterSeconds} s, or use a model that is loaded.`;
  return { code: "queue_full", message, retryAfterSeconds };
}
