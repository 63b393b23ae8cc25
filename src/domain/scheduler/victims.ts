/** Which engines make room: the fewest, idle ones first, then those that cost the least to bring back. */
import type { NodeId } from "../nodes.ts";
import type { Group } from "./groups.ts";
import { displacesUtility, fitsBesideUtility, missingGiB } from "./ledger.ts";
import { earlier, type Look } from "./look.ts";
import { demandOf } from "./queue.ts";
import { mayLeaveAt } from "./release.ts";
import type { EngineState } from "./state.ts";

export interface Victims {
  /** Null where those that may leave now do not make enough room. */
  engines: EngineState[] | null;
  /** When one more engine may leave, or null. */
  wakeAt: number | null;
  /** Seconds until enough of them may leave, and of loading that is lost with them; Infinity where only events can tell. */
  cost: number;
}

/** Who makes room on a node. `leaving` are engines that go anyway. */
export function chooseVictims(look: Look, group: Group, node: NodeId, leaving: ReadonlySet<string>): Victims {
  const mayTakeUtility =
    displacesUtility(look.state, group.engine, node) || !fitsBesideUtility(look.state, group.engine, node);
  const room: Enough = (gone) => {
    const without = new Set([...leaving, ...gone.map((engine) => engine.facts.id)]);
    return missingGiB(look.state, group.engine, node, without) <= 0;
  };
  const now: EngineState[] = [];
  const later: EngineState[] = [];
  let wakeAt: number | null = null;
  for (const model in look.state.engines) {
    const engine = look.state.engines[model]!;
    if (engine.phase !== "ready" || !engine.nodes.includes(node)) continue;
    if (engine.facts.policy.lifecycle === "utility" && !mayTakeUtility) continue;
    const leaveAt = mayLeaveAt(look, engine, group);
    if (leaveAt <= look.at) now.push(engine);
    else wakeAt = earlier(wakeAt, leaveAt, look.at);
    if (leaveAt < Number.POSITIVE_INFINITY) later.push(engine);
  }
  const engines = fewest(look, now, room);
  const chosen = engines ?? fewest(look, later, room);
  const leaveAt = Math.max(look.at, ...(chosen ?? []).map((engine) => mayLeaveAt(look, engine, group)));
  const lost = (chosen ?? []).reduce((sum, engine) => sum + cost(look, engine), 0);
  return { engines, wakeAt, cost: chosen === null ? Number.POSITIVE_INFINITY : leaveAt - look.at + lost };
}

type Enough = (gone: EngineState[]) => boolean;

/** Tries one victim, then two, ...; among equally many, the cheapest. */
function fewest(look: Look, candidates: EngineState[], room: Enough): EngineState[] | null {
  if (!room(candidates)) return null;
  const byCost = cheapestFirst(look, candidates);
  for (let count = 1; count <= 3; count += 1) {
    const chosen = firstThat(byCost, count, room);
    if (chosen !== null) return chosen;
  }
  return cheapest(byCost, room);
}

/** Those that cost the least to bring back come first. */
export function cheapestFirst(look: Look, engines: EngineState[]): EngineState[] {
  return [...engines].sort((a, b) => cost(look, a) - cost(look, b) || compare(a.facts.id, b.facts.id));
}

/** All, and then those spared that turn out not to be needed, the last one first. */
export function cheapest(engines: EngineState[], room: Enough): EngineState[] {
  return engines.reduceRight<EngineState[]>((kept, engine) => {
    const without = kept.filter((other) => other !== engine);
    return room(without) ? without : kept;
  }, engines);
}

/** The first combination of `count` engines, in the order given, that satisfies `enough`. */
function firstThat(
  from: EngineState[],
  count: number,
  enough: (chosen: EngineState[]) => boolean,
): EngineState[] | null {
  if (count === 0) return enough([]) ? [] : null;
  for (const [index, engine] of from.entries()) {
    const chosen = firstThat(from.slice(index + 1), count - 1, (rest) => enough([engine, ...rest]));
    if (chosen !== null) return [engine, ...chosen];
  }
  return null;
}

/** L * exp(-idle / scale); one that works now costs more than any idle one. */
function cost({ params, demands, at }: Look, engine: EngineState): number {
  const { running, waiting } = demandOf(demands, engine.facts.id);
  const idle = running + waiting.length > 0 ? 0 : at - (engine.lastUsedAt ?? at);
  const busy = running + waiting.length > 0 ? 1e9 : 0;
  return busy + engine.facts.loadSeconds * Math.exp(-idle / params.victimIdleScaleSeconds);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
