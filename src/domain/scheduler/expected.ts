/** How long things that are under way still take, as far as anybody can tell. Seconds. */
import type { Work } from "../work.ts";
import type { Look } from "./look.ts";
import { demandOf } from "./queue.ts";
import type { EngineState } from "./state.ts";

/** Of a request where nothing has been measured yet. */
const assumedServiceSeconds = 20;
/** A load or a stop that takes longer than usual is taken to need this fraction of the usual time more. */
const overtime = 0.1;

/** When something that began at `since` and usually takes `usual` seconds will be over. */
export function expectedEnd(since: number, usual: number, at: number): number {
  return Math.max(since + usual, at + overtime * usual);
}

/** When an engine in transit has arrived: is ready, or gone with its memory back. */
export function transitEnd({ params, at }: Look, { phase, since, facts }: EngineState): number {
  return expectedEnd(since, phase === "starting" ? facts.loadSeconds : params.unloadSeconds, at);
}

/**
 * What is counted of a wait: `all`; or only `work`, which is answers in flight, stops and loads, and not the time for
 * which a loaded model is kept for its users; or `measured`: of that no answer of a kind that was never measured, since
 * a guess may inform people and not refuse them.
 */
export type Counting = "all" | "work" | "measured";

/** One answer of this kind. */
export function serviceSeconds({ usualService }: EngineState, work: Work, counting: Counting): number {
  const assumed = counting === "measured" || work === "presence" ? 0 : assumedServiceSeconds;
  return usualService[work] ?? assumed;
}

/** The longest of these answers; 0 where there is none. */
export function longestService(engine: EngineState, requests: { work: Work }[], counting: Counting): number {
  return requests.reduce((longest, { work }) => Math.max(longest, serviceSeconds(engine, work, counting)), 0);
}

/** What the running requests of an engine still need, at most its drain time. */
export function drainLeft(
  { demands, params, at, state }: Look,
  engine: EngineState,
  counting: Counting = "all",
): number {
  if (demandOf(demands, engine.facts.id).running === 0) return 0;
  const lefts = state.running
    .filter((request) => request.model === engine.facts.id)
    .map(({ since, work }) => Math.max(expectedEnd(since, serviceSeconds(engine, work, counting), at) - at, 0));
  return Math.min(Math.max(...lefts), params.drainSeconds);
}
