/** The loads to come: when each model that is waited for will be ready. */
import type { NodeId } from "../nodes.ts";
import { type Counting, drainLeft, longestService, transitEnd } from "./expected.ts";
import { blockedUntil } from "./failures.ts";
import { type Group, groupOf, waitingGroups } from "./groups.ts";
import { fitsNow } from "./ledger.ts";
import type { Look } from "./look.ts";
import { isMoving, startBlockedBy, usableNodes } from "./nodes.ts";
import { demandOf } from "./queue.ts";
import { mayLeaveAt } from "./release.ts";
import type { EngineState } from "./state.ts";
import { targetNodes } from "./target.ts";
import type { ModelId } from "./types.ts";

/** Only models that somebody waits for. `phase`: what they wait for now, for people. */
export type Timeline = Map<ModelId, { readyAt: number; phase: string }>;

/** What is known of a node: until when it is occupied, and by which group at the end. */
interface Course {
  clock: number;
  previous: EngineState | null;
}

/** On each node one load after the other. */
export function timeline(look: Look, counting: Counting): Timeline {
  const { state, at } = look;
  const readyAt: Timeline = new Map();
  const courses = new Map<NodeId, Course>();
  for (const id in state.nodes) courses.set(id, { clock: at, previous: null });
  for (const engine of Object.values(state.engines)) {
    if (!isMoving(engine)) continue;
    const end = transitEnd(look, engine);
    for (const id of engine.nodes) courses.set(id, { clock: Math.max(end, courses.get(id)!.clock), previous: null });
    if (engine.phase === "starting") readyAt.set(engine.facts.id, { readyAt: end, phase: "loading" });
  }
  for (const group of groupsInOrder(look)) {
    const { engine } = group;
    const begins = soonestBegins(look, group, courses, counting);
    const last = begins.at(-1);
    if (last === undefined) continue;
    const clock = Math.max(last.at, blockedUntil(engine, at) ?? 0) + engine.facts.loadSeconds;
    readyAt.set(engine.facts.id, { readyAt: clock, phase: last.phase });
    for (const { node } of begins) courses.set(node, { clock, previous: engine });
  }
  return readyAt;
}

interface Begin {
  node: NodeId;
  at: number;
  phase: string;
}

/** On as many nodes as the group spans, where its load can begin the soonest; the last of them counts. */
function soonestBegins(look: Look, group: Group, courses: Map<NodeId, Course>, counting: Counting): Begin[] {
  const { facts } = group.engine;
  const places = [targetNodes(look.state, facts.id), usableNodes(look.state, group.engine)];
  const nodes = places.find(({ length }) => length >= facts.nodes) ?? [...courses.keys()];
  const begins = nodes.map((node) => {
    const { clock, previous } = courses.get(node)!;
    const begin =
      previous === null
        ? firstStart(look, group, node, clock, counting)
        : laterStart(look, group, node, clock, previous, counting);
    return { node, ...begin };
  });
  return begins.sort((a, b) => a.at - b.at).slice(0, facts.nodes);
}

/** Targets of switches, then the others in their order, then those that cannot start yet. */
function groupsInOrder(look: Look): Group[] {
  const { groups } = waitingGroups(look);
  const later = [...look.demands.values()].flatMap((demand) => {
    const engine = look.state.engines[demand.model];
    if (engine === undefined || demand.waiting.length === 0) return [];
    if (engine.phase === "ready" || engine.phase === "starting") return [];
    return groups.some((group) => group.engine === engine) ? [] : [groupOf(look, engine, demand)];
  });
  const first = ({ engine }: Group) => (targetNodes(look.state, engine.facts.id).length > 0 ? 0 : 1);
  return [...groups.sort((a, b) => first(a) - first(b)), ...later];
}

function firstStart(
  look: Look,
  group: Group,
  node: NodeId,
  clock: number,
  counting: Counting,
): Pick<Begin, "at" | "phase"> {
  const { state, params } = look;
  if (blockedUntil(group.engine, look.at) !== null) return { at: clock, phase: "pausing after a failure" };
  const moving = startBlockedBy(state, group.engine, node);
  if (moving !== null) {
    const verb = moving.phase === "stopping" ? "stopping" : "waiting for";
    return { at: clock, phase: `${verb} ${moving.facts.id}` };
  }
  if (fitsNow(state, group.engine, node)) return { at: clock, phase: "loading" };
  const engines = Object.values(state.engines).filter(({ nodes }) => nodes.includes(node));
  const draining = engines.find((engine) => engine.phase === "draining");
  if (draining !== undefined) {
    return {
      at: clock + drainLeft(look, draining, counting) + params.unloadSeconds,
      phase: `waiting for ${draining.facts.id}`,
    };
  }
  const leaves = engines.map((engine) => ({ engine, leaveAt: mayLeaveAt(look, engine, group) }));
  const soonest = leaves.reduce<(typeof leaves)[number] | null>(
    (best, next) => (next.leaveAt < (best?.leaveAt ?? Number.POSITIVE_INFINITY) ? next : best),
    null,
  );
  if (soonest === null) return { at: clock + params.unloadSeconds, phase: "queued" };
  const free = counting === "all" ? Math.max(clock, soonest.leaveAt) : clock;
  const begins = free + drainLeft(look, soonest.engine, counting) + params.unloadSeconds;
  return { at: begins, phase: `waiting for ${soonest.engine.facts.id}` };
}

/** Behind another group: that one's requests are served first, then it makes room. */
function laterStart(
  look: Look,
  group: Group,
  node: NodeId,
  clock: number,
  previous: EngineState,
  counting: Counting,
): Pick<Begin, "at" | "phase"> {
  if (fitsNow(look.state, group.engine, node)) return { at: clock, phase: "queued" };
  const answers = longestService(previous, demandOf(look.demands, previous.facts.id).waiting, counting);
  return { at: clock + answers + look.params.unloadSeconds, phase: "queued" };
}
