/**
 * The scheduler's words. The scheduler is pure: `reduce(state, event, at) -> state` and
 * `decide(state, params, at) -> Decision`; the waker and the simulator are its only callers.
 * All times are seconds (fractions allowed) on one clock that never goes back; `at` is passed in.
 */
import type { ModelPolicy } from "../model-policy.ts";
import type { NodeFacts, NodeId, Pool } from "../nodes.ts";
import type { ProblemCode } from "../problem.ts";
import type { ServiceTimes, Work } from "../work.ts";

export type ModelId = string;
export type RequestId = string;

/** What the scheduler knows of a model. */
export interface ModelFacts {
  id: ModelId;
  /** On each node that it stands on. */
  memoryGiB: number;
  /** While it starts, on a node whose CPU and GPU share their memory. Absent: as later. */
  startPeakGiB?: number;
  pool: Pool;
  /** Nodes that its engine spans: 1, or more for a group. */
  nodes: number;
  /** L(m): measured seconds from start to ready on this machine (EWMA), the catalog's figure at first. */
  loadSeconds: number;
  /** Measured in earlier runs; what this run measures goes on from there. */
  service: ServiceTimes;
  concurrency: number;
  policy: ModelPolicy;
}

export type Priority = "interactive" | "batch";

export interface RequestFacts {
  id: RequestId;
  model: ModelId;
  /** Who asks, for fairness and for the zero linger: the key's name. */
  client: string;
  priority: Priority;
  work: Work;
  /** Somebody reads the answer as it is written. Absent: nobody does, as far as is known. */
  streamed?: boolean;
}

/**
 * Phases of an engine as the scheduler sees them (design, section 5). `failed` = back-off or quarantine; the
 * engine is gone, and a start is not tried again before its `until`.
 */
export type Phase = "absent" | "starting" | "ready" | "draining" | "stopping" | "failed";

/** Why a model is being or was stopped; goes to the journal and to people. */
export type StopReason =
  | "idle" // nobody used it for its idleStopSeconds
  | "switch" // another model needs its memory
  | "operator" // somebody said stop
  | "abandoned" // a load that nobody waits for, and somebody else does
  | "removed" // no longer in the configuration
  | "changed" // its specification changed
  | "budget" // the memory that models may take together was lowered
  | "unhealthy" // its health checks failed: restart
  | "shutdown";

/** Who has pinned a model. */
export type PinOwner = "configuration" | "operator" | "client";

/** What a failure says of its model. */
export type FailureCause =
  | "engine" // it took its time and then did not start, or it died: the next try may do better
  | "atOnce" // it ended right after its start, or was ended for the machine's sake: the next try will hardly do better
  | "outside"; // memory, disk, network, driver, daemon: nothing to do with the model

/** What happens to the scheduler. `generation` names one start of one model: late news of an older one is ignored. */
export type SchedulerEvent =
  /** The configuration, at start and after a reload. What is missing is drained and stopped. */
  | { type: "models"; models: ModelFacts[]; nodes: NodeFacts[] }
  /** `lost`: what stands on the node is unknown until it is `back`. Of engines that ended meanwhile `failed` tells. */
  | { type: "node"; node: NodeId; state: "lost" | "back" }
  /** New load estimate after a measured load. */
  | { type: "loadEstimate"; model: ModelId; seconds: number }
  | { type: "arrive"; request: RequestFacts }
  /** A lease that a gateway held before the waker was restarted, on an engine that was adopted since. */
  | { type: "resume"; request: RequestFacts; generation: number }
  /**
   * The request leaves: the client gave up (waiting) or its answer ended (running). `cutShort`: not by itself, so that
   * it says nothing of how long such an answer takes.
   */
  | { type: "leave"; request: RequestId; cutShort?: true }
  /** An engine was found alive when the waker started. */
  | { type: "adopt"; model: ModelId; generation: number; nodes: NodeId[]; readyAt: number }
  | { type: "ready"; model: ModelId; generation: number }
  /** A start failed, or a ready engine died. Its memory is back (the waker has verified it). */
  | { type: "failed"; model: ModelId; generation: number; code: ProblemCode; reason: string; cause: FailureCause }
  /** A stop was verified and its memory is back. */
  | { type: "stopped"; model: ModelId; generation: number }
  /** A stop could not be verified: its memory stays on the ledger, nothing else starts on it. */
  | { type: "stuck"; model: ModelId; generation: number; reason: string }
  /** Health checks failed three times: drain what still runs and restart. */
  | { type: "unhealthy"; model: ModelId; generation: number; reason: string }
  /** To be loaded once when there is room and nobody waits: at the start of Hearth. */
  | { type: "warm"; model: ModelId }
  /** The hours in which it is kept loaded begin or end. */
  | { type: "hours"; model: ModelId; open: boolean }
  | { type: "touch"; model: ModelId }
  | { type: "pin"; model: ModelId; pinned: boolean; owner: "operator" | "client" }
  | { type: "stop"; model: ModelId; reason: StopReason }
  /** An operator ends back-off and quarantine. */
  | { type: "clear"; model: ModelId }
  /** The scheduler's own action, folded back so that state is a fold of the journal alone. */
  | { type: "acted"; action: SchedulerAction };

/** The model that a switch makes room for, and where it is to stand. */
export interface Target {
  model: ModelId;
  nodes: NodeId[];
}

/** What the waker is to do. */
export type SchedulerAction =
  | { type: "start"; model: ModelId; generation: number; nodes: NodeId[] }
  /** Its leases are gone, or were cut. */
  | { type: "stop"; model: ModelId; generation: number; reason: StopReason }
  /** Begin to drain: no new leases. For the record and for people. `target`: what a switch makes room for. */
  | { type: "drain"; model: ModelId; generation: number; reason: StopReason; target?: Target }
  | { type: "admit"; request: RequestId; model: ModelId; generation: number }
  /** The request ends unserved, with a reason. */
  | { type: "refuse"; request: RequestId; code: ProblemCode; message: string; retryAfterSeconds?: number }
  /** Drain timeout: end this running request with an error. It leaves at once in the scheduler's books. */
  | { type: "cut"; request: RequestId; reason: string };

export interface Decision {
  actions: SchedulerAction[];
  /** When to ask again if nothing happens, or null. Strictly after `at`. */
  wakeAt: number | null;
  /** One sentence for people: why this, or why nothing. */
  why: string;
}

/** What people see of a wait. */
export interface WaitEstimate {
  /** 1 = next. Counted over waiters of every model in the order in which they are expected to be served. */
  place: number;
  /** What happens now: "queued", "waiting for <model>", "stopping <model>", "loading", ... short, for people. */
  phase: string;
  secondsLeft: number;
}
