/** `POST /ensure/{model}`: starts it and answers when it is ready. */
import type { FastifyRequest } from "fastify";
import { Problem } from "../../domain/problem.ts";
import type { Link } from "../../link/link.ts";
import type { Stopping } from "../http/stopping.ts";
import { preferredWait } from "../relay/accepted.ts";
import type { Settings } from "../settings.ts";

export interface EnsureParts {
  link: Pick<Link, "snapshot" | "command">;
  settings: Pick<Settings, "streamingHoldMs">;
  stopping: Pick<Stopping, "signal">;
}

/** The waker needs so long to say that a model is ready already: also for a client that does not want to wait. */
const momentMs = 250;

/**
 * Waits as long as a stream would be held, or as `Prefer: wait=N` says. Throws a Problem: the waker's, `model_loading`
 * when the time is over (the load goes on then), or `shutting_down` as soon as Hearth begins to stop.
 */
export async function ensureReady(
  model: string,
  request: FastifyRequest,
  { link, settings, stopping }: EnsureParts,
): Promise<{ model: string; state: "ready"; waitedSeconds: number }> {
  const wait = preferredWait(request.headers.prefer);
  const wantedMs = wait === null ? Number.POSITIVE_INFINITY : Math.max(momentMs, wait * 1000);
  const mostMs = Math.min(wantedMs, settings.streamingHoldMs);
  const startedAt = performance.now();
  const timeout = Promise.withResolvers<"timeout">();
  const timer = setTimeout(timeout.resolve, mostMs, "timeout");
  const stop = () => timeout.reject(stopping.signal.reason);
  stopping.signal.addEventListener("abort", stop);
  try {
    const won = await Promise.race([link.command({ type: "ensure", model }), timeout.promise]);
    if (won === "timeout") throw stillLoading(model, link);
  } finally {
    clearTimeout(timer);
    stopping.signal.removeEventListener("abort", stop);
  }
  return { model, state: "ready", waitedSeconds: Math.round(performance.now() - startedAt) / 1000 };
}

function stillLoading(model: string, link: Pick<Link, "snapshot">): Problem {
  const view = link.snapshot().models.find(({ id }) => id === model);
  const seconds = view?.secondsToReady ?? 10;
  return new Problem(
    "model_loading",
    `${model} is not ready yet (${view?.phase ?? "unknown"}, about ${Math.ceil(seconds)} s left). Its load goes on: ask again.`,
    { retryAfterSeconds: seconds, data: { phase: view?.phase, percent: view?.percent } },
  );
}
