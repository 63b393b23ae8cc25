/** Groups of waiters whose model is not running: the candidates for the next load. */
import { blockedUntil } from "./failures.ts";
import { earlier, type Look } from "./look.ts";
import { type Demand, oldestOf } from "./queue.ts";
import type { EngineState, WaitingRequest } from "./state.ts";

export interface Group {
  engine: EngineState;
  demand: Demand;
  oldest: WaitingRequest;
  /** From when on its oldest waiter is overdue. */
  overdueAt: number;
}

/** Groups that could be loaded now, the one to serve next first, and when a group in back-off joins them. */
export function waitingGroups(look: Look): { groups: Group[]; wakeAt: number | null } {
  const groups: Group[] = [];
  let wakeAt: number | null = null;
  for (const demand of look.demands.values()) {
    const engine = look.state.engines[demand.model];
    if (engine === undefined || demand.waiting.length === 0) continue;
    if (engine.phase !== "absent" && engine.phase !== "failed") continue;
    const until = blockedUntil(engine, look.at);
    if (until !== null) wakeAt = earlier(wakeAt, until, look.at);
    else groups.push(groupOf(look, engine, demand));
  }
  return {
    groups: groups.sort((a, b) => rank(look, a) - rank(look, b) || a.oldest.arrivedAt - b.oldest.arrivedAt),
    wakeAt,
  };
}

export function groupOf(look: Look, engine: EngineState, demand: Demand): Group {
  const oldest = oldestOf(demand);
  return { engine, demand, oldest, overdueAt: oldest.arrivedAt + patience(look, engine, oldest) };
}

/** B(m): seconds after which a waiter is overdue. */
export function patience({ params }: Look, engine: EngineState, oldest: WaitingRequest): number {
  const wanted = params.overdueLoads * engine.facts.loadSeconds;
  const bound = Math.min(Math.max(wanted, params.overdueMinSeconds), params.overdueMaxSeconds);
  return oldest.priority === "batch" ? Math.max(bound, params.batchOverdueSeconds) : bound;
}

/** Batch waits behind interactive work until it is overdue by its own bound. */
function rank(look: Look, group: Group): number {
  return group.oldest.priority === "interactive" || look.at >= group.overdueAt ? 0 : 1;
}
