/** What a failure costs a model. */
import type { ProblemCode } from "../problem.ts";
import type { Params } from "./params.ts";
import type { EngineState } from "./state.ts";

type Slate = Pick<EngineState, "failures" | "deaths" | "failure">;

interface News {
  code: ProblemCode;
  reason: string;
  at: number;
}

/**
 * A start that failed is counted: the first ones in a row cost a pause; from `quarantineAfter` on, each costs a
 * quarantine in which waiters are refused. A finished request, a changed configuration or an operator's `clear`
 * starts the count anew.
 */
export function afterFailedStart(engine: EngineState, { code, reason, at }: News, params: Params): Slate {
  const failures = engine.failures + 1;
  const quarantined = failures >= params.quarantineAfter;
  const until = at + (quarantined ? params.quarantineSeconds : inARow(params.backoffSeconds, failures));
  return { failures, deaths: engine.deaths, failure: { code, reason, at, until, quarantined } };
}

/**
 * An engine that had served is started again at once: its model can start, and what ended it may be one request of
 * many. Only deaths in a row, without a finished request in between, slow down; they never refuse anybody.
 */
export function afterDeath(engine: EngineState, { code, reason, at }: News, params: Params): Slate {
  const deaths = engine.deaths + 1;
  const pause = inARow(params.deathPauseSeconds, deaths);
  const until = pause > 0 ? at + pause : null;
  return { failures: engine.failures, deaths, failure: { code, reason, at, until, quarantined: false } };
}

/** Nobody's fault: it counts nothing and forbids nothing. */
export function noBlame(engine: EngineState, { code, reason, at }: News): Slate {
  const { failures, deaths } = engine;
  return { failures, deaths, failure: { code, reason, at, until: null, quarantined: false } };
}

/** It has had a request, or time enough to have had one: whatever ends it now, its model can start. */
export function hasProved({ served, readyAt }: EngineState, at: number, params: Params): boolean {
  return served > 0 || (readyAt !== null && at - readyAt >= params.provenAfterSeconds);
}

/** Until when the model may not be started, or null. */
export function blockedUntil(engine: EngineState, at: number): number | null {
  const until = engine.failure?.until ?? null;
  return engine.phase === "failed" && until !== null && until > at ? until : null;
}

export function isQuarantined(engine: EngineState, at: number): boolean {
  return engine.failure?.quarantined === true && blockedUntil(engine, at) !== null;
}

function inARow(pauses: number[], count: number): number {
  return pauses[Math.min(count, pauses.length) - 1] ?? 0;
}
