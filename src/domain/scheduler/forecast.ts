/**
 * When each model that is waited for will be ready, and when each request will be served: what is in flight, plus a
 * stop and a load for each group ahead. An honest guess for people and for the overload rule, not a promise.
 */
import { blockedUntil } from "./failures.ts";
import { type Group, groupOf, waitingGroups } from "./groups.ts";
import { fitsNow } from "./ledger.ts";
import type { Look } from "./look.ts";
import { type Demand, demandOf } from "./queue.ts";
import { mayLeaveAt } from "./release.ts";
import { inTurn } from "./rules/admit.ts";
import type { EngineState } from "./state.ts";
import type { ModelId, RequestId, WaitEstimate } from "./types.ts";

/** Seconds of a request where nothing has been measured yet. */
const assumedServiceSeconds = 20;
/** A load or a stop that takes longer than usual is taken to need this fraction of the usual time more. */
const overtime = 0.1;

export interface Forecast {
  requests: Map<RequestId, WaitEstimate>;
  /** Only models that somebody waits for. */
  readyAt: Map<ModelId, { readyAt: number; phase: string }>;
}

/**
 * What is counted before a load may begin: `all`, or only `work`: answers in flight, stops and loads, and not the
 * time for which the loaded model is kept for its users.
 */
type Counting = "all" | "work";

export function forecast(look: Look, counting: Counting = "all"): Forecast {
  const readyAt = timeline(look, counting);
  const waits: { id: RequestId; phase: string; secondsLeft: number }[] = [];
  for (const demand of look.demands.values()) {
    const engine = look.state.engines[demand.model];
    if (engine === undefined || demand.waiting.length === 0) continue;
    const { readyAt: opens, phase } = readyAt.get(demand.model) ?? { readyAt: look.at, phase: "queued" };
    inTurn(engine, demand.waiting, demand.waiting.length).forEach((request, index) => {
      const secondsLeft = Math.max(0, opens - look.at) + queueSeconds(engine, demand, index);
      waits.push({ id: request.id, phase, secondsLeft });
    });
  }
  waits.sort((a, b) => a.secondsLeft - b.secondsLeft);
  const requests = new Map(waits.map(({ id, ...wait }, index) => [id, { place: index + 1, ...wait }]));
  return { requests, readyAt };
}

/** Wait for a free lease at a ready engine, for the `index`-th in its queue. */
function queueSeconds(engine: EngineState, demand: Demand, index: number): number {
  const running = engine.phase === "ready" ? demand.running : 0;
  const behind = index - (engine.facts.concurrency - running) + 1;
  return behind <= 0 ? 0 : (behind / engine.facts.concurrency) * serviceSeconds(engine);
}

function serviceSeconds(engine: EngineState): number {
  return engine.usualService ?? assumedServiceSeconds;
}

/** The loads to come, one after the other. */
function timeline(look: Look, counting: Counting): Forecast["readyAt"] {
  const { state, at, params } = look;
  const readyAt: Forecast["readyAt"] = new Map();
  let clock = at;
  for (const engine of Object.values(state.engines)) {
    const { id, loadSeconds } = engine.facts;
    if (engine.phase === "starting") {
      clock = Math.max(clock, expectedEnd(engine.since, loadSeconds, at));
      readyAt.set(id, { readyAt: clock, phase: "loading" });
    } else if (engine.phase === "stopping") {
      clock = Math.max(clock, expectedEnd(engine.since, params.unloadSeconds, at));
    }
  }
  let previous: EngineState | null = null;
  for (const group of groupsInOrder(look)) {
    const { id, loadSeconds } = group.engine.facts;
    const begin =
      previous === null ? firstStart(look, group, clock, counting) : laterStart(look, group, clock, previous);
    clock = Math.max(begin.at, blockedUntil(group.engine, at) ?? 0) + loadSeconds;
    readyAt.set(id, { readyAt: clock, phase: begin.phase });
    previous = group.engine;
  }
  return readyAt;
}

/** The target of a switch, then the others in their order, then those that cannot start yet. */
function groupsInOrder(look: Look): Group[] {
  const { groups } = waitingGroups(look);
  const later = [...look.demands.values()].flatMap((demand) => {
    const engine = look.state.engines[demand.model];
    if (engine === undefined || demand.waiting.length === 0) return [];
    if (engine.phase === "ready" || engine.phase === "starting") return [];
    return groups.some((group) => group.engine === engine) ? [] : [groupOf(look, engine, demand)];
  });
  const first = (group: Group) => (group.engine.facts.id === look.state.target ? 0 : 1);
  return [...groups.sort((a, b) => first(a) - first(b)), ...later];
}

function firstStart(look: Look, group: Group, clock: number, counting: Counting): { at: number; phase: string } {
  const { state, params } = look;
  if (blockedUntil(group.engine, look.at) !== null) return { at: clock, phase: "pausing after a failure" };
  const engines = Object.values(state.engines);
  const moving = engines.find((engine) => engine.phase === "stopping" || engine.phase === "starting");
  if (moving !== undefined) {
    const verb = moving.phase === "stopping" ? "stopping" : "waiting for";
    return { at: clock, phase: `${verb} ${moving.facts.id}` };
  }
  if (fitsNow(state, group.engine)) return { at: clock, phase: "loading" };
  const draining = engines.find((engine) => engine.phase === "draining");
  if (draining !== undefined) {
    return { at: clock + drainLeft(look, draining) + params.unloadSeconds, phase: `waiting for ${draining.facts.id}` };
  }
  const leaves = engines.map((engine) => ({ engine, leaveAt: mayLeaveAt(look, engine, group) }));
  const soonest = leaves.reduce<(typeof leaves)[number] | null>(
    (best, next) => (next.leaveAt < (best?.leaveAt ?? Number.POSITIVE_INFINITY) ? next : best),
    null,
  );
  if (soonest === null) return { at: clock + params.unloadSeconds, phase: "queued" };
  const free = counting === "all" ? Math.max(clock, soonest.leaveAt) : clock;
  const begins = free + drainLeft(look, soonest.engine) + params.unloadSeconds;
  return { at: begins, phase: `waiting for ${soonest.engine.facts.id}` };
}

/** Behind another group: that one's requests are served first, then it makes room. */
function laterStart(look: Look, group: Group, clock: number, previous: EngineState): { at: number; phase: string } {
  const unload = fitsNow(look.state, group.engine) ? 0 : serviceSeconds(previous) + look.params.unloadSeconds;
  return { at: clock + unload, phase: "queued" };
}

/** What the running requests of an engine still need, at most its drain time. */
function drainLeft({ demands, params, at, state }: Look, engine: EngineState): number {
  if (demandOf(demands, engine.facts.id).running === 0) return 0;
  const usual = serviceSeconds(engine);
  const lefts = state.running
    .filter((request) => request.model === engine.facts.id)
    .map((request) => Math.max(expectedEnd(request.since, usual, at) - at, 0));
  return Math.min(Math.max(...lefts), params.drainSeconds);
}

function expectedEnd(since: number, usual: number, at: number): number {
  return Math.max(since + usual, at + overtime * usual);
}
