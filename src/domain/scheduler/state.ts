/**
 * All that the scheduler remembers: plain JSON, changed only by `reduce`, and a fold of the journal alone.
 */
import type { NodeFacts, NodeId } from "../nodes.ts";
import type { ProblemCode } from "../problem.ts";
import type { ServiceTimes } from "../work.ts";
import type { ModelFacts, ModelId, Phase, PinOwner, RequestFacts, StopReason } from "./types.ts";

export interface SchedulerState {
  /** Number of the next start, over all models. */
  nextGeneration: number;
  nodes: Record<NodeId, NodeState>;
  engines: Record<ModelId, EngineState>;
  /** In the order of arrival. */
  waiting: WaitingRequest[];
  /** Requests with a lease. An array: to copy a record of many keys costs several times as much, at every request. */
  running: RunningRequest[];
}

/** One machine on which engines stand. */
export interface NodeState {
  facts: NodeFacts;
  /** Out of reach: what stands here is unknown, so its memory stays reserved and nothing is placed here. */
  lost: boolean;
  /** No longer configured: the record goes with its last engine. */
  removed: boolean;
  /** The model that a switch in progress makes room for here; nothing else is placed here meanwhile. */
  target: ModelId | null;
}

export interface WaitingRequest extends RequestFacts {
  arrivedAt: number;
  /** Set when the request can no longer be served; `decide` turns it into a `refuse`. */
  refusal: Refusal | null;
}

export interface RunningRequest extends RequestFacts {
  generation: number;
  since: number;
}

export interface Refusal {
  code: ProblemCode;
  message: string;
  retryAfterSeconds?: number;
}

export interface Failure {
  code: ProblemCode;
  reason: string;
  at: number;
  /** No start before this, or null where nothing forbids one. */
  until: number | null;
  quarantined: boolean;
}

/** `once`: until it is ready or cannot start. `hours`: kept while its hours are open. */
export type Warmth = "once" | "hours";

/** One model and its engine, running or not. */
export interface EngineState {
  facts: ModelFacts;
  /** No longer configured: the record goes with its engine. */
  removed: boolean;
  /** Who has pinned it; while anybody has, no policy stops it. */
  pinnedBy: PinOwner[];
  phase: Phase;
  /** Since when it is in this phase. */
  since: number;
  /** The newest start; 0 before the first. */
  generation: number;
  /** Where it stands: one node, or those of a group. Empty when gone. */
  nodes: NodeId[];
  /** Where it stood last: its weights are there. */
  lastNodes: NodeId[];
  /** Memory that it holds on each of its nodes: what it was started with. 0 when gone. */
  heldGiB: number;
  /** Set while ready or draining. */
  readyAt: number | null;
  /** End of the last request, the last touch, or the moment it became ready: the idle stop counts from here. */
  lastUsedAt: number | null;
  /** Since when no interactive request runs here; the linger counts from here. */
  quietSince: number;
  /** Requests admitted since it became ready, and those of them that were interactive. */
  served: number;
  servedInteractive: number;
  lastClient: string | null;
  /** When each client last had its turn, as a count; kept only while requests queue here. */
  turns: Record<string, number>;
  /** Usual seconds from quiet to the next request, over all its lives; null before the first. */
  usualGap: number | null;
  /** Of one request with a lease, over all its lives. */
  usualService: ServiceTimes;
  /** Asked to stop and not yet draining; or why it drains or stops. */
  stopReason: StopReason | null;
  /** A utility model that made room for an exclusive one: it is started again without being asked. */
  displaced: boolean;
  /** Why it is to be loaded without being asked for, or null. */
  warm: Warmth | null;
  /** Its present engine was started for nobody, and nobody has asked for it since. */
  unasked: boolean;
  /** Starts that failed in a row, without a finished request in between. */
  failures: number;
  /** Deaths of engines that had served, likewise. */
  deaths: number;
  failure: Failure | null;
  /** Why its stop could not be verified. */
  stuck: string | null;
}

/** No failure is held against the model. */
export const cleanSlate = { failures: 0, deaths: 0, failure: null } satisfies Partial<EngineState>;

/** A scheduler that knows no model yet: the first event is `models`. */
export function initialState(): SchedulerState {
  return { nextGeneration: 1, nodes: {}, engines: {}, waiting: [], running: [] };
}

/** The record of a node that was just configured. */
export function newNode(facts: NodeFacts): NodeState {
  return { facts, lost: false, removed: false, target: null };
}

/** The record of a model that was never started. */
export function newEngine(facts: ModelFacts, at: number): EngineState {
  return {
    facts,
    removed: false,
    pinnedBy: facts.policy.pinned ? ["configuration"] : [],
    phase: "absent",
    since: at,
    generation: 0,
    nodes: [],
    lastNodes: [],
    heldGiB: 0,
    readyAt: null,
    lastUsedAt: null,
    quietSince: at,
    served: 0,
    servedInteractive: 0,
    lastClient: null,
    turns: {},
    usualGap: null,
    usualService: facts.service,
    stopReason: null,
    displaced: false,
    warm: null,
    unasked: false,
    ...cleanSlate,
    stuck: null,
  };
}

export function isPinned({ pinnedBy }: EngineState): boolean {
  return pinnedBy.length > 0;
}

/** The state with one engine's fields changed; unchanged where the model is unknown. */
export function withEngine(state: SchedulerState, model: ModelId, change: Partial<EngineState>): SchedulerState {
  const engine = state.engines[model];
  if (engine === undefined) return state;
  return { ...state, engines: { ...state.engines, [model]: { ...engine, ...change } } };
}

/** The state with one node's fields changed; unchanged where the node is unknown. */
export function withNode(state: SchedulerState, id: NodeId, change: Partial<NodeState>): SchedulerState {
  const node = state.nodes[id];
  if (node === undefined) return state;
  return { ...state, nodes: { ...state.nodes, [id]: { ...node, ...change } } };
}
