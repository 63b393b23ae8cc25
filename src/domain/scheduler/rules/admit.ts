/**
 * Waiters of a ready model get their leases: interactive first, clients in turn, up to its concurrency. Of one client's
 * requests the oldest comes first; but a chat that somebody watches passes the title that was asked for just before it.
 */
import type { Look, Verdict } from "../look.ts";
import type { Params } from "../params.ts";
import { demandOf } from "../queue.ts";
import type { EngineState, WaitingRequest } from "../state.ts";
import type { SchedulerAction } from "../types.ts";

export function admit({ state, demands, params }: Look): Verdict {
  const actions: SchedulerAction[] = [];
  for (const demand of demands.values()) {
    const engine = state.engines[demand.model];
    if (engine?.phase !== "ready" || demand.waiting.length === 0) continue;
    const free = engine.facts.concurrency - demandOf(demands, demand.model).running;
    const { generation } = engine;
    for (const request of inTurn(engine, demand.waiting, free, params)) {
      actions.push({ type: "admit", request: request.id, model: demand.model, generation });
    }
  }
  return { actions, wakeAt: null, why: null };
}

/** The next `count` waiters: each time the client whose last turn is longest ago, and the first of its requests. */
export function inTurn(
  engine: EngineState,
  waiting: WaitingRequest[],
  count: number,
  { titleLeadSeconds }: Pick<Params, "titleLeadSeconds">,
): WaitingRequest[] {
  if (count >= waiting.length) return waiting;
  const left = [...waiting];
  const turns = { ...engine.turns };
  const chosen: WaitingRequest[] = [];
  for (let turn = engine.served + 1; chosen.length < count; turn += 1) {
    let best = 0;
    for (let index = 1; index < left.length; index += 1) {
      if (before(left[index]!, left[best]!, turns, titleLeadSeconds)) best = index;
    }
    const [next] = left.splice(best, 1);
    turns[next!.client] = turn;
    chosen.push(next!);
  }
  return chosen;
}

/** `a` came later. */
function before(a: WaitingRequest, b: WaitingRequest, turns: Record<string, number>, lead: number): boolean {
  if (a.priority !== b.priority) return a.priority === "interactive";
  if (a.client === b.client) return a.streamed === true && b.streamed !== true && a.arrivedAt - b.arrivedAt <= lead;
  return (turns[a.client] ?? 0) < (turns[b.client] ?? 0);
}
