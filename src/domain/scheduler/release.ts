/** When a running model may be taken away for another one. */
import { longestService } from "./expected.ts";
import type { Group } from "./groups.ts";
import type { Look } from "./look.ts";
import { isUnknown } from "./nodes.ts";
import { demandOf } from "./queue.ts";
import { type EngineState, isPinned } from "./state.ts";

/**
 * From when on `engine` may make room for `group`: as soon as it has been quiet for a while, or the group is
 * overdue and it had its minimum stay. Infinity where only an event can tell.
 */
export function mayLeaveAt(look: Look, engine: EngineState, group: Group): number {
  if (engine.phase !== "ready" || isPinned(engine) || engine.readyAt === null) return Number.POSITIVE_INFINITY;
  if (isUnknown(look.state, engine)) return Number.POSITIVE_INFINITY;
  const forBatch = group.oldest.priority === "batch";
  const first = Math.min(quietAt(look, engine, group, forBatch), overdueAt(look, engine, group, forBatch));
  if (engine.served > 0 || engine.unasked) return first;
  // Loaded for a client that gave up: it may come back, so the load is not thrown away before a minimum stay.
  return Math.max(first, engine.readyAt + engine.facts.loadSeconds);
}

/** End of the linger. Batch requests hold nothing resident, except against other batch requests. */
function quietAt(look: Look, engine: EngineState, group: Group, forBatch: boolean): number {
  const own = demandOf(look.demands, engine.facts.id);
  const busy = forBatch ? own.running + own.waiting.length : own.runningInteractive + own.waitingInteractive;
  if (busy > 0) return Number.POSITIVE_INFINITY;
  const since = forBatch ? (engine.lastUsedAt ?? engine.quietSince) : engine.quietSince;
  return since + lingerSeconds(look, engine, group);
}

/** g: how long a quiet model is kept in case its next request comes soon; the shorter the more are kept waiting. */
export function lingerSeconds({ params }: Look, engine: EngineState, group: Group): number {
  if (engine.servedInteractive === 0 || movedOn(engine, group)) return 0;
  const soon = (engine.usualGap ?? 0) <= params.soonGapSeconds;
  const linger = soon ? params.lingerSeconds : params.shortLingerSeconds;
  const { loadSeconds } = engine.facts;
  const capped = loadSeconds < 120 ? Math.min(linger, loadSeconds / 2) : linger;
  return capped / Math.sqrt(Math.max(1, group.demand.waitingInteractive));
}

/**
 * The waiter is whom the model served last, and came when that answer was done: one client that goes from model to
 * model. One that came during the answer is another program with the same key, as in a home where all share one.
 */
function movedOn(engine: EngineState, { oldest }: Group): boolean {
  return engine.lastClient === oldest.client && oldest.arrivedAt >= engine.quietSince;
}

function overdueAt(look: Look, engine: EngineState, group: Group, forBatch: boolean): number {
  const onlyBatch = engine.servedInteractive === 0 && !forBatch && engine.served > 0;
  const stay = onlyBatch ? 0 : look.params.minimumStayLoads * engine.facts.loadSeconds;
  return Math.max(group.overdueAt - drainLead(look, engine, group), (engine.readyAt ?? 0) + stay);
}

/** How long before the waiter is overdue a busy engine begins to drain. */
function drainLead({ params, demands, state }: Look, engine: EngineState, group: Group): number {
  const { id } = engine.facts;
  if (demandOf(demands, id).running === 0) return 0;
  const patience = group.overdueAt - group.oldest.arrivedAt;
  const answers = state.running.filter(({ model }) => model === id);
  return Math.min(params.drainLeadAnswers * longestService(engine, answers, "measured"), patience / 4);
}
