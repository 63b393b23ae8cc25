/** Where a model that is waited for can stand, and what that costs there. */
import type { NodeId } from "../nodes.ts";
import { drainLeft, transitEnd } from "./expected.ts";
import type { Group } from "./groups.ts";
import { committedGiB, fitsNow, missingGiB } from "./ledger.ts";
import type { Look } from "./look.ts";
import { startBlockedBy, usableNodes } from "./nodes.ts";
import type { EngineState, SchedulerState } from "./state.ts";
import { targetNodes } from "./target.ts";
import { chooseVictims } from "./victims.ts";

/** What a group finds on one node. */
export interface Place {
  node: NodeId;
  /**
   * `free`: it can start now. `leaving`: once those have stopped that go anyway. `open`: once `victims` have made room,
   * who may be asked now. `held`: who would have to go may not be asked yet. `moving`: another one starts or stops.
   */
  kind: "free" | "leaving" | "open" | "held" | "moving";
  /** Seconds until it could start here, plus the seconds of loading that are lost with those who make room. */
  cost: number;
  victims: EngineState[];
  /** When `held` may have become `open`, or null. */
  wakeAt: number | null;
}

/** Nodes that the group may use: those of its switch, once it has one; none on which another switch is under way. */
export function candidates({ state }: Look, { engine }: Group, groups: Group[]): NodeId[] {
  const usable = usableNodes(state, engine);
  const planned = targetNodes(state, engine.facts.id);
  if (planned.length > 0 && planned.every((id) => usable.includes(id))) return planned;
  const waitedFor = new Set(groups.map((group) => group.engine.facts.id));
  return usable.filter((id) => !waitedFor.has(state.nodes[id]!.target ?? ""));
}

/** What the group finds on each of these nodes, the best first. */
export function placesOn(look: Look, group: Group, nodes: NodeId[]): Place[] {
  const preferred = byPreference(look.state, group.engine, nodes);
  return preferred.map((id) => placeOn(look, group, id)).sort((a, b) => compare(a.cost, b.cost));
}

/** Nodes on which the model can start now without asking anybody to go, the best first. */
export function freeNodes(state: SchedulerState, engine: EngineState): NodeId[] {
  const free = usableNodes(state, engine).filter(
    (id) =>
      state.nodes[id]!.target === null && startBlockedBy(state, engine, id) === null && fitsNow(state, engine, id),
  );
  return byPreference(state, engine, free);
}

/** Where it stood last, since its weights are there; then the fullest, so that the emptiest stays free for a big one. */
function byPreference(state: SchedulerState, { lastNodes }: EngineState, nodes: NodeId[]): NodeId[] {
  const stranger = (id: NodeId) => (lastNodes.includes(id) ? 0 : 1);
  const room = (id: NodeId) => state.nodes[id]!.facts.budgetGiB - committedGiB(state, id);
  return [...nodes].sort((a, b) => stranger(a) - stranger(b) || room(a) - room(b));
}

function placeOn(look: Look, group: Group, node: NodeId): Place {
  const { state, params } = look;
  const place = { node, victims: [], wakeAt: null };
  const moving = startBlockedBy(state, group.engine, node);
  if (moving !== null) return { ...place, kind: "moving", cost: costBehind(look, group, node, moving) };
  if (fitsNow(state, group.engine, node)) return { ...place, kind: "free", cost: 0 };
  const leaving = Object.values(state.engines).filter(
    ({ phase, nodes }) => phase === "draining" && nodes.includes(node),
  );
  const gone = new Set(leaving.map(({ facts }) => facts.id));
  const stops = (engines: EngineState[]) =>
    params.unloadSeconds + Math.max(0, ...engines.map((engine) => drainLeft(look, engine)));
  if (leaving.length > 0 && missingGiB(state, group.engine, node, gone) <= 0) {
    return { ...place, kind: "leaving", cost: stops(leaving) };
  }
  const { engines, wakeAt, cost } = chooseVictims(look, group, node, gone);
  if (engines === null) return { ...place, kind: "held", cost: cost + params.unloadSeconds, wakeAt };
  return { ...place, kind: "open", cost: cost + stops(engines), victims: engines };
}

/** To wait for another engine's start or stop; one that leaves no room beside it would have been started in vain. */
function costBehind(look: Look, group: Group, node: NodeId, moving: EngineState): number {
  const gone = new Set(moving.phase === "stopping" ? [moving.facts.id] : []);
  const lost = missingGiB(look.state, group.engine, node, gone) <= 0 ? 0 : moving.facts.loadSeconds;
  return transitEnd(look, moving) - look.at + lost;
}

/** Two that are never are equal. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
