/** Back-off and quarantine: what a failure costs a model. */
import type { ProblemCode } from "../problem.ts";
import type { Params } from "./params.ts";
import type { EngineState } from "./state.ts";

/**
 * Counts one more failure in a row (a start that failed, an engine that died or fell ill). The first ones cost a
 * pause; from `quarantineAfter` on, each costs a quarantine in which waiters are refused. A finished request or an
 * operator's `clear` starts the count anew. Missing memory is nobody's fault: it counts nothing and forbids nothing.
 */
export function afterFailure(
  engine: EngineState,
  code: ProblemCode,
  reason: string,
  at: number,
  params: Params,
): Pick<EngineState, "failures" | "failure"> {
  if (code === "insufficient_memory") {
    return { failures: engine.failures, failure: { code, reason, at, until: null, quarantined: false } };
  }
  const failures = engine.failures + 1;
  const quarantined = failures >= params.quarantineAfter;
  const pause = params.backoffSeconds[Math.min(failures, params.backoffSeconds.length) - 1] ?? 0;
  const until = at + (quarantined ? params.quarantineSeconds : pause);
  return { failures, failure: { code, reason, at, until, quarantined } };
}

/** Until when the model may not be started, or null. */
export function blockedUntil(engine: EngineState, at: number): number | null {
  const until = engine.failure?.until ?? null;
  return engine.phase === "failed" && until !== null && until > at ? until : null;
}

export function isQuarantined(engine: EngineState, at: number): boolean {
  return engine.failure?.quarantined === true && blockedUntil(engine, at) !== null;
}
