/** Waiters that can never be served, or not for long, are told so at once. */
import { isQuarantined } from "../failures.ts";
import { fitsBeside, neededOn, pinnedOn } from "../ledger.ts";
import { counted, type Look, type Verdict } from "../look.ts";
import { outOfUse, usableNodes } from "../nodes.ts";
import type { EngineState, NodeState, Refusal, SchedulerState } from "../state.ts";
import type { ModelId } from "../types.ts";

/** How soon a client may ask again while an engine cannot be stopped, or a node not be reached. */
const unusableRetrySeconds = 60;

export function refuse({ state, at }: Look): Verdict {
  const known = new Map<ModelId, Refusal | null>();
  const actions = state.waiting.flatMap((waiter) => {
    if (!known.has(waiter.model)) known.set(waiter.model, refusalOf(state, waiter.model, at));
    const refusal = waiter.refusal ?? known.get(waiter.model);
    return refusal ? [{ type: "refuse" as const, request: waiter.id, ...refusal }] : [];
  });
  const why = actions.length > 0 ? `Refused ${counted(actions.length, "request")}: ${actions[0]!.message}` : null;
  return { actions, wakeAt: null, why };
}

/** Why nobody may wait for this model, or null. */
export function refusalOf(state: SchedulerState, model: ModelId, at: number): Refusal | null {
  const engine = state.engines[model];
  if (engine === undefined || engine.removed) {
    return { code: "model_not_found", message: `There is no model ${model} here. Ask /v1/models for the list.` };
  }
  const unknown = unknownRefusal(state, engine);
  if (unknown !== null) return unknown;
  if (engine.phase === "ready" || engine.phase === "starting" || engine.phase === "draining") return null;
  return quarantineRefusal(engine, at) ?? memoryRefusal(state, engine) ?? unusableRefusal(state, engine);
}

function quarantineRefusal(engine: EngineState, at: number): Refusal | null {
  if (!isQuarantined(engine, at)) return null;
  const retryAfterSeconds = Math.ceil(engine.failure!.until! - at);
  const message =
    `${engine.facts.id} failed ${engine.failures} times in a row and is left alone for ${retryAfterSeconds} s more. ` +
    `The last failure: ${engine.failure!.reason} \`hearth clear ${engine.facts.id}\` lets it be tried again at once.`;
  return { code: "model_unavailable", message, retryAfterSeconds };
}

function memoryRefusal(state: SchedulerState, engine: EngineState): Refusal | null {
  const { id, nodes } = engine.facts;
  const all = Object.values(state.nodes).filter((node) => !node.removed);
  const reasons = all.flatMap((node) => tooSmall(state, engine, node) ?? []);
  if (all.length - reasons.length >= nodes) return null;
  if (nodes > all.length) {
    const message = `${id} spans ${counted(nodes, "node")}, and there ${all.length === 1 ? "is" : "are"} ${all.length}.`;
    return { code: "insufficient_memory", message };
  }
  const where = (node: NodeState) => (all.length === 1 ? "" : ` on ${node.facts.id}`);
  const each = reasons.map(({ node, needed, why }) => `${id} needs ${needed} GiB${where(node)}${why}`);
  return { code: "insufficient_memory", message: each.join(" ") };
}

/** Why the model can never stand on a node as things are, or null. */
function tooSmall(state: SchedulerState, engine: EngineState, node: NodeState) {
  const { id, budgetGiB } = node.facts;
  const needed = neededOn(node, engine);
  const whole = Object.keys(state.nodes).length === 1 ? "this machine" : id;
  if (needed > budgetGiB) return { node, needed, why: `; ${whole} gives all models together ${budgetGiB} GiB.` };
  const pinned = pinnedOn(state, engine, id);
  if (fitsBeside(state, engine, id, pinned)) return null;
  const names = pinned.map((other) => other.facts.id).join(", ");
  return { node, needed, why: ` beside ${names}, which is pinned, in ${budgetGiB} GiB. Unpin it first.` };
}

/** Where its engine stands, nobody knows what it does; and it might still run, so it is started nowhere else. */
function unknownRefusal(state: SchedulerState, engine: EngineState): Refusal | null {
  const lost = engine.nodes.filter((node) => state.nodes[node]?.lost === true);
  if (lost.length === 0) return null;
  const message =
    `${engine.facts.id} stands on ${lost.join(", ")}, which cannot be reached. It may still run there, so it is ` +
    "started nowhere else until that is known.";
  return { code: "model_unavailable", message, retryAfterSeconds: unusableRetrySeconds };
}

/** Too few of the nodes that are big enough may be used now. */
function unusableRefusal(state: SchedulerState, engine: EngineState): Refusal | null {
  const { id, nodes } = engine.facts;
  if (usableNodes(state, engine).length >= nodes) return null;
  const reasons = Object.values(state.nodes).flatMap((node) =>
    node.removed || tooSmall(state, engine, node) !== null ? [] : (outOfUse(state, engine, node.facts.id) ?? []),
  );
  const message = `${id} cannot start: ${reasons.join(" ")}`;
  return { code: "model_unavailable", message, retryAfterSeconds: unusableRetrySeconds };
}
