/**
 * What runs keeps to the budget. Where that was lowered, the engines go that cost the least to bring back, until the rest
 * fits: idle ones before those in use, which finish first, and pinned ones last of all.
 */
import type { NodeId } from "../../nodes.ts";
import { isOverdrawn } from "../ledger.ts";
import type { Look, Verdict } from "../look.ts";
import { isUnknown } from "../nodes.ts";
import { type EngineState, isPinned } from "../state.ts";
import { cheapest, cheapestFirst } from "../victims.ts";

export function keepToBudget(look: Look): Verdict {
  for (const id in look.state.nodes) {
    const surplus = surplusOn(look, id);
    if (surplus.length === 0) continue;
    const names = surplus.map(({ facts }) => facts.id).join(", ");
    return {
      actions: surplus.map(({ facts, generation, phase }) => {
        const type = phase === "starting" ? ("stop" as const) : ("drain" as const);
        return { type, model: facts.id, generation, reason: "budget" as const };
      }),
      wakeAt: null,
      why: `${names} makes room: models may take ${look.state.nodes[id]!.facts.budgetGiB} GiB together.`,
    };
  }
  return { actions: [], wakeAt: null, why: null };
}

/** Engines that are to go from a node; those that go anyway are not among them. */
function surplusOn(look: Look, id: NodeId): EngineState[] {
  const { state } = look;
  const there = Object.values(state.engines).filter(({ nodes }) => nodes.includes(id));
  const leaving = there.filter(({ phase, stopReason }) => phase === "stopping" || stopReason !== null);
  const without = (gone: EngineState[]) => new Set([...leaving, ...gone].map(({ facts }) => facts.id));
  if (!isOverdrawn(state, id, without([]))) return [];
  const able = there.filter((engine) => !leaving.includes(engine) && !isUnknown(state, engine));
  const [pinned, others] = [able.filter(isPinned), able.filter((engine) => !isPinned(engine))];
  const inOrder = [...cheapestFirst(look, others), ...cheapestFirst(look, pinned)];
  return cheapest(inOrder, (gone) => !isOverdrawn(state, id, without(gone)));
}
