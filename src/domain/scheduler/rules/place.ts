/** A place for the models that somebody waits for: beside the others where it fits, else by a switch. */
import type { NodeId } from "../../nodes.ts";
import { type Group, waitingGroups } from "../groups.ts";
import { counted, earlier, type Look, seconds, type Verdict } from "../look.ts";
import { startBlockedBy, usableNodes } from "../nodes.ts";
import { candidates, type Place, placesOn } from "../placement.ts";
import type { EngineState, SchedulerState } from "../state.ts";

/** The decision tree, in this order; the first that applies ends it. */
export function place(look: Look): Verdict {
  const { groups, wakeAt: backoffEnds } = waitingGroups(look);
  if (groups.length === 0)
    return { actions: [], wakeAt: backoffEnds, why: backoffEnds === null ? null : pausing(look, backoffEnds) };
  const moving = groups.map(({ engine }) => movingEverywhere(look.state, engine));
  const [busy = null] = moving;
  if (busy !== null && !moving.includes(null)) {
    return { actions: [], wakeAt: null, why: `${movesWhy(busy)}; ${counted(groups.length, "model")} waited for.` };
  }
  let wakeAt = backoffEnds;
  let why: string | null = null;
  const kept = new Set<NodeId>();
  for (const group of groups) {
    const nodes = candidates(look, group, groups);
    if (nodes.length < group.engine.facts.nodes) continue;
    // Behind an overdue group nobody else may cause a switch: models that come and go beside each other would each
    // have their minimum stay, and the overdue one would never find all of them ready to leave. Loading beside is
    // fine: it happens at most once for each model, as nothing leaves meanwhile.
    const verdict = placeOne(look, group, nodes, kept);
    if (verdict.actions.length > 0) return verdict;
    wakeAt = earlier(wakeAt, verdict.wakeAt ?? Number.POSITIVE_INFINITY, look.at);
    why ??= verdict.why;
    if (look.at >= group.overdueAt) for (const id of usableNodes(look.state, group.engine)) kept.add(id);
    wakeAt = earlier(wakeAt, group.overdueAt, look.at);
  }
  return { actions: [], wakeAt, why };
}

/** Where every node has an engine in transit that is in this one's way, or is out of reach: the first of them. */
function movingEverywhere(state: SchedulerState, engine: EngineState): EngineState | null {
  const moving = Object.values(state.nodes).flatMap(({ facts, lost }) =>
    lost ? [] : [startBlockedBy(state, engine, facts.id)],
  );
  return moving.every((other) => other !== null) ? (moving[0] ?? null) : null;
}

/** On as many nodes as it spans, where its waiters and all others together lose the least. */
function placeOne(look: Look, group: Group, nodes: NodeId[], kept: ReadonlySet<NodeId>): Verdict {
  const { id: model, nodes: spans } = group.engine.facts;
  const switches = ({ kind }: Place) => kind !== "free" && kind !== "moving";
  const places = placesOn(look, group, nodes).filter((found) => !switches(found) || !kept.has(found.node));
  const chosen = places.slice(0, spans);
  if (chosen.length < spans) return { actions: [], wakeAt: null, why: null };
  const waiters = counted(group.demand.waiting.length, "request");
  const target = { model, nodes: chosen.map(({ node }) => node) };
  if (chosen.every(({ kind }) => kind === "free")) {
    const actions = [{ type: "start" as const, model, generation: look.state.nextGeneration, nodes: target.nodes }];
    return { actions, wakeAt: null, why: `${model} starts: ${waiters} for it.` };
  }
  if (chosen.some(({ kind }) => kind === "moving" || kind === "held")) {
    const wakeAt = places.reduce<number | null>(
      (first, { wakeAt: next }) => (next === null ? first : earlier(first, next, look.at)),
      null,
    );
    return { actions: [], wakeAt, why: waitingWhy(look, group, chosen, wakeAt) };
  }
  const victims = [...new Set(chosen.flatMap((found) => found.victims))];
  if (victims.length === 0) return { actions: [], wakeAt: null, why: leavingWhy(look, model, target.nodes) };
  const actions = victims.map(({ facts, generation }) => {
    return { type: "drain" as const, model: facts.id, generation, reason: "switch" as const, target };
  });
  const names = victims.map((engine) => engine.facts.id).join(", ");
  return { actions, wakeAt: null, why: `${names} makes room for ${model}: ${waiters} for it.` };
}

function movesWhy({ phase, facts }: EngineState): string {
  return `${facts.id} ${phase === "starting" ? "is loading" : "is stopping"}`;
}

function leavingWhy({ state }: Look, model: string, nodes: NodeId[]): string {
  const leaving = Object.values(state.engines).filter(
    (engine) => engine.phase === "draining" && engine.nodes.some((id) => nodes.includes(id)),
  );
  return `${model} starts when ${leaving.map(({ facts }) => facts.id).join(", ")} has stopped.`;
}

function waitingWhy({ state, at }: Look, group: Group, chosen: Place[], wakeAt: number | null): string {
  const waited = `${group.engine.facts.id} is waited for since ${seconds(at - group.oldest.arrivedAt)}`;
  const moving = chosen.find(({ kind }) => kind === "moving");
  if (moving !== undefined) return `${waited}; ${movesWhy(startBlockedBy(state, group.engine, moving.node)!)}.`;
  const when = wakeAt === null ? "when the loaded models have finished" : `in ${seconds(wakeAt - at)} at the latest`;
  return `${waited}; the loaded models are in use and may leave ${when}.`;
}

function pausing(look: Look, until: number): string {
  return `A model that failed is tried again in ${seconds(until - look.at)}.`;
}
