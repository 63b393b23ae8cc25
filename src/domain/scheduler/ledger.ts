/** The memory ledger of each node: what engines hold, what is kept free for utility models, and what fits. GiB. */
import { ledgerGiB, type NodeId } from "../nodes.ts";
import { type EngineState, isPinned, type NodeState, type SchedulerState } from "./state.ts";

/** Rounding of sums of catalog figures. */
const slack = 1e-6;

const nobody: ReadonlySet<string> = new Set();

/** Memory on the node's ledger, stuck and stopping engines included, were the engines of `without` gone. */
export function committedGiB(state: SchedulerState, id: NodeId, without = nobody): number {
  let sum = 0;
  for (const model in state.engines) {
    const engine = state.engines[model]!;
    if (engine.nodes.includes(id) && !without.has(model)) sum += heldOn(state.nodes[id]!, engine);
  }
  return sum;
}

/** True where the budget was lowered below what stands on the node. */
export function isOverdrawn(state: SchedulerState, id: NodeId, without = nobody): boolean {
  return committedGiB(state, id, without) > state.nodes[id]!.facts.budgetGiB + slack;
}

/** What the model would take on this node, once it has started. */
export function neededOn({ facts }: NodeState, engine: EngineState): number {
  return ledgerGiB(facts, engine.facts.memoryGiB, engine.facts.pool);
}

/**
 * What the model takes on this node while it starts. Where its peak is more than the budget it takes all of it: it then
 * starts with nothing beside it. A card of its own has no such peaks: it is not what the host's programs are in.
 */
function startingOn(node: NodeState, engine: EngineState): number {
  const later = neededOn(node, engine);
  const { budgetGiB, gpus } = node.facts;
  return gpus.length > 0 ? later : Math.max(later, Math.min(engine.facts.startPeakGiB ?? 0, budgetGiB));
}

function heldOn(node: NodeState, engine: EngineState): number {
  const held = ledgerGiB(node.facts, engine.heldGiB, engine.facts.pool);
  return engine.phase === "starting" ? Math.max(held, startingOn(node, engine)) : held;
}

/** Where room is kept for a utility model: where it stands or stood, else on the first nodes that are big enough. */
function homeOf(state: SchedulerState, engine: EngineState): readonly NodeId[] {
  if (engine.nodes.length > 0) return engine.nodes;
  const alive = (id: NodeId) => state.nodes[id]?.lost === false;
  const { nodes } = engine.facts;
  if (engine.lastNodes.length === nodes && engine.lastNodes.every(alive)) return engine.lastNodes;
  const candidates = Object.keys(state.nodes).filter(alive);
  const big = candidates.filter((id) => neededOn(state.nodes[id]!, engine) <= state.nodes[id]!.facts.budgetGiB);
  return (big.length < nodes ? candidates : big).slice(0, nodes);
}

/** Memory of all utility models at home here: kept free for them whether they run or not. */
function utilityLaneGiB(state: SchedulerState, node: NodeState): number {
  let sum = 0;
  for (const model in state.engines) {
    const engine = state.engines[model]!;
    if (engine.facts.policy.lifecycle !== "utility" || engine.removed) continue;
    if (homeOf(state, engine).includes(node.facts.id)) sum += neededOn(node, engine);
  }
  return sum;
}

/**
 * True for a model that leaves no room for the utility models of a node: an exclusive one, and a normal one that is
 * too big to stand beside all of them. Only such a model may take their place.
 */
export function displacesUtility(state: SchedulerState, engine: EngineState, id: NodeId): boolean {
  const node = state.nodes[id]!;
  const { lifecycle } = engine.facts.policy;
  if (lifecycle === "exclusive") return true;
  const own = lifecycle === "utility" ? 0 : startingOn(node, engine);
  return own + utilityLaneGiB(state, node) > node.facts.budgetGiB + slack;
}

/** Room that is missing to start `engine` on a node if the engines of `without` were gone; 0 or less = it fits. */
export function missingGiB(
  state: SchedulerState,
  engine: EngineState,
  id: NodeId,
  without: ReadonlySet<string>,
): number {
  const node = state.nodes[id]!;
  const { lifecycle } = engine.facts.policy;
  const keepsLane = lifecycle !== "utility" && !displacesUtility(state, engine, id);
  let needed = startingOn(node, engine);
  for (const model in state.engines) {
    const other = state.engines[model]!;
    const stays = other.nodes.includes(id) && !without.has(model);
    if (stays && (lifecycle === "exclusive" || other.facts.policy.lifecycle === "exclusive"))
      return Number.POSITIVE_INFINITY;
    if (stays) needed += heldOn(node, other);
    else if (other.facts.policy.lifecycle === "utility" && other !== engine && !other.removed && keepsLane)
      needed += homeOf(state, other).includes(id) ? neededOn(node, other) : 0;
  }
  return needed <= node.facts.budgetGiB + slack ? 0 : needed - node.facts.budgetGiB;
}

/** True where the model can start on the node beside everything that holds memory there now. */
export function fitsNow(state: SchedulerState, engine: EngineState, id: NodeId): boolean {
  return missingGiB(state, engine, id, nobody) <= 0;
}

/** Pinned engines on a node, besides this one. */
export function pinnedOn(state: SchedulerState, engine: EngineState, id: NodeId): EngineState[] {
  return Object.values(state.engines).filter(
    (other) => other !== engine && isPinned(other) && other.nodes.includes(id),
  );
}

/** True where the model has room on the node once all but these engines are gone. */
export function fitsBeside(state: SchedulerState, engine: EngineState, id: NodeId, stay: EngineState[]): boolean {
  const node = state.nodes[id]!;
  const needed = startingOn(node, engine);
  if (stay.length === 0) return needed <= node.facts.budgetGiB;
  const exclusive = [engine, ...stay].some(({ facts }) => facts.policy.lifecycle === "exclusive");
  const held = stay.reduce((sum, other) => sum + heldOn(node, other), laneBeside(state, engine, node, stay));
  return !exclusive && needed + held <= node.facts.budgetGiB;
}

/**
 * False for a utility model that has no room beside the others that stand on the node, as where one of them came there
 * because its own place was taken. Nothing else might ever make them leave.
 */
export function fitsBesideUtility(state: SchedulerState, engine: EngineState, id: NodeId): boolean {
  if (engine.facts.policy.lifecycle !== "utility") return true;
  const utility = Object.values(state.engines).filter(
    (other) => other !== engine && other.facts.policy.lifecycle === "utility" && other.nodes.includes(id),
  );
  return fitsBeside(state, engine, id, [...new Set([...utility, ...pinnedOn(state, engine, id)])]);
}

/** Room that stays reserved for utility models beside a normal model, without those that are counted already. */
function laneBeside(state: SchedulerState, engine: EngineState, node: NodeState, counted: EngineState[]): number {
  const { id } = node.facts;
  if (engine.facts.policy.lifecycle === "utility" || displacesUtility(state, engine, id)) return 0;
  return Object.values(state.engines)
    .filter((other) => other.facts.policy.lifecycle === "utility" && !other.removed && !counted.includes(other))
    .filter((other) => homeOf(state, other).includes(id))
    .reduce((sum, other) => sum + neededOn(node, other), 0);
}
