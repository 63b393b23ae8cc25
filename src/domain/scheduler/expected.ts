/** How long things that are under way still take, as far as anybody can tell. Seconds. */
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

export function serviceSeconds(engine: EngineState): number {
  return engine.usualService ?? assumedServiceSeconds;
}

/** What the running requests of an engine still need, at most its drain time. */
export function drainLeft({ demands, params, at, state }: Look, engine: EngineState): number {
  if (demandOf(demands, engine.facts.id).running === 0) return 0;
  const usual = serviceSeconds(engine);
  const lefts = state.running
    .filter((request) => request.model === engine.facts.id)
    .map((request) => Math.max(expectedEnd(request.since, usual, at) - at, 0));
  return Math.min(Math.max(...lefts), params.drainSeconds);
}
