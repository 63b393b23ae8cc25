/** Which engines make room: the fewest, idle ones first, then those that cost the least to bring back. */
import type { Group } from "./groups.ts";
import { displacesUtility, missingGiB } from "./ledger.ts";
import { earlier, type Look } from "./look.ts";
import { demandOf } from "./queue.ts";
import { mayLeaveAt } from "./release.ts";
import type { EngineState } from "./state.ts";

export interface Victims {
  /** Null where those that may leave now do not make enough room. */
  engines: EngineState[] | null;
  /** When one more engine may leave, or null. */
  wakeAt: number | null;
}

/** `leaving` are engines that go anyway. */
export function chooseVictims(look: Look, group: Group, leaving: ReadonlySet<string>): Victims {
  const mayTakeUtility = displacesUtility(look.state, group.engine);
  const candidates: EngineState[] = [];
  let wakeAt: number | null = null;
  for (const model in look.state.engines) {
    const engine = look.state.engines[model]!;
    if (engine.phase !== "ready" || (engine.facts.lifecycle === "utility" && !mayTakeUtility)) continue;
    const leaveAt = mayLeaveAt(look, engine, group);
    if (leaveAt <= look.at) candidates.push(engine);
    else wakeAt = earlier(wakeAt, leaveAt, look.at);
  }
  return { engines: fewest(look, group, leaving, candidates), wakeAt };
}

/** Tries one victim, then two, ...; among equally many, the cheapest. */
function fewest(look: Look, group: Group, leaving: ReadonlySet<string>, candidates: EngineState[]) {
  const room = (gone: EngineState[]) =>
    missingGiB(look.state, group.engine, new Set([...leaving, ...gone.map((engine) => engine.facts.id)])) <= 0;
  if (!room(candidates)) return null;
  const byCost = [...candidates].sort((a, b) => cost(look, a) - cost(look, b) || compare(a.facts.id, b.facts.id));
  for (let count = 1; count <= 3; count += 1) {
    const chosen = firstThat(byCost, count, room);
    if (chosen !== null) return chosen;
  }
  // More than three: take from the cheapest up, then spare those that turn out not to be needed, dearest first.
  return byCost.reduceRight<EngineState[]>((kept, engine) => {
    const without = kept.filter((other) => other !== engine);
    return room(without) ? without : kept;
  }, byCost);
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
