/**
 * The one interface between gateway and waker. Small ordered messages, so that the same words work in one
 * process and over the network (design, section 2). Nobody else talks to the waker.
 */
import type { FixupName } from "../domain/fixup-name.ts";
import type { GpuView } from "../domain/gpu.ts";
import type { MemoryUse } from "../domain/memory-use.ts";
import type { Capability, ModelMake, ModelStatus } from "../domain/model.ts";
import type { Lifecycle } from "../domain/model-policy.ts";
import type { NodeId } from "../domain/nodes.ts";
import type { ProblemData } from "../domain/problem.ts";
import type { RequestParameters } from "../domain/request-parameters.ts";
import type { Caused } from "../domain/request-record.ts";
import type { Phase, Priority } from "../domain/scheduler/types.ts";
import type { StoredWeights, WeightsJob } from "../domain/weights.ts";
import type { Work } from "../domain/work.ts";

export interface AcquireRequest {
  /** Unique; the answer's `x-request-id`. */
  id: string;
  /** Canonical model id (aliases are resolved by the gateway). */
  model: string;
  /** Who asks: the key's name. */
  client: string;
  priority: Priority;
  work: Work;
  /** Somebody reads the answer as it is written. */
  streamed?: boolean;
  /** `reject`: answer at once, with a grant or with a 429 that says what runs. A free machine starts to load all the same. */
  whenBusy: "hold" | "reject";
}

/** The right to use one engine for one request. */
export interface Grant {
  model: string;
  generation: number;
  /** `http://127.0.0.1:41234`, no slash at the end. */
  origin: string;
  /** The engine's own key: sent to the engine instead of the client's. */
  apiKey: string | null;
  /** The model id that the engine knows itself by. */
  servedName: string;
  /** What had to be done for this request; absent where nothing had. */
  caused?: Caused;
  /** What its engine took to load while this request waited for it; absent where it had loaded before. */
  loadMs?: number;
}

export interface Progress {
  place: number;
  /** For people: "queued", "downloading weights", "loading", "waiting for gpt-oss-20b", ... */
  phase: string;
  /** 0-100 of the current phase, or null where nobody knows. */
  percent: number | null;
  /** Honest estimate to the first byte, or null while there is none. */
  secondsLeft: number | null;
}

/** Called on the gateway's side. Exactly one of `granted` and `refused` comes, then at most one `cut`. */
export interface AcquireListener {
  granted(grant: Grant): void;
  refused(problem: ProblemData): void;
  /** The engine is being taken away or has died: end the answer with this problem. */
  cut(problem: ProblemData): void;
}

export interface Ticket {
  /** What the waiter would be told now. Cheap: call it when a comment line is due. */
  progress(): Progress;
  /**
   * No byte came for longer than the stall limit: asks the engine for one token (as long again, 30 s at most). False = it did not
   * answer; it is restarted, and this request is to end with `engine_stalled`.
   */
  answers(): Promise<boolean>;
  /**
   * The request is over: it gave up waiting, or its answer ended. Must be called exactly once after `acquire`,
   * also after `refused` or `cut` (then it does nothing). `engineFailed` asks for a health check at once.
   */
  release(outcome: "done" | "aborted" | "engineFailed"): void;
}

export type Command =
  | { type: "ensure"; model: string }
  | { type: "stop"; model: string }
  | { type: "touch"; model: string }
  /** A client takes back none but the clients' pin. */
  | { type: "pin"; model: string; pinned: boolean; owner: "operator" | "client" }
  | { type: "clear"; model: string };

export type WeightsCommand =
  /** Resolves when all that the model reads is here. `limit`: bytes per second. */
  | { type: "pull"; model: string; limit?: number }
  /** Resolves when all of it has been read and is right. */
  | { type: "verify"; model: string }
  /** Ends what `pull` and `verify` have begun, or have yet to begin. */
  | { type: "cancelPull"; model: string }
  /** `name`: of stored weights. Refused while a model that reads them runs or is pinned. */
  | { type: "removeWeights"; name: string };

/** One model as everybody may see it. Times are seconds since the epoch. */
export interface ModelView {
  id: string;
  aliases: string[];
  summary: string;
  context: number;
  concurrency: number;
  capabilities: Capability[];
  /** Corrections that its requests and answers need. */
  fixups: FixupName[];
  /** What its requests are given, and its variants. */
  parameters: RequestParameters;
  lifecycle: Lifecycle;
  status: ModelStatus;
  statusReason: string | null;
  memoryGiB: number;
  /** What its engines were seen to take on this machine with these settings; null before the first. */
  memoryUse: MemoryUse | null;
  /** Of the weights: SPDX id where there is one. Null where nobody has said it, as `make`. */
  license: string | null;
  make: ModelMake | null;
  state: Phase;
  /** Finer than `state`, for people: "downloading weights", "probing", ... */
  phase: string;
  percent: number | null;
  /** Since when it is in this state. */
  since: number;
  readyAt: number | null;
  running: number;
  waiting: number;
  pinned: boolean;
  /** Where its engine stands: on one node, or on those of a group; empty where there is none. */
  nodes: NodeId[];
  lastUsedAt: number | null;
  /** When it will stop by itself if nobody uses it, or null. */
  stopsAt: number | null;
  /** 0 when ready; estimate if it were asked for now. */
  secondsToReady: number;
  /** Last failure, with until when it is not tried again. */
  failure: { code: string; reason: string; at: number; until: number | null } | null;
  process: { pid: number | null; origin: string; generation: number; rssGiB: number | null } | null;
}

/** Memory that engines are started on, GiB: of the discrete GPU where there is one, else of the host. */
export interface MemoryView {
  totalGiB: number;
  availableGiB: number;
  /** What engines may have together, and what they have. */
  budgetGiB: number;
  committedGiB: number;
  /** Kept free. */
  floorGiB: number;
}

/** A machine on which engines stand. `lost`: out of reach, so what its engines do is not known. */
export interface NodeView {
  id: NodeId;
  state: "up" | "lost";
  memory: MemoryView;
  gpu: GpuView;
}

export interface Snapshot {
  at: number;
  /** The scheduler's own heartbeat: when its loop last completed. Health is red when it is old. */
  heartbeatAt: number;
  /** The scheduler's last sentence about itself. */
  why: string;
  models: ModelView[];
  nodes: NodeView[];
  /** Of all nodes together. */
  memory: MemoryView;
  queueDepth: number;
  /** What is done about weights: what runs, what waits, and what failed. */
  weightsJobs: WeightsJob[];
}

/** Counters that the waker owns; the gateway publishes them. */
export interface WakerEvent {
  at: number;
  type:
    | "start"
    | "ready"
    | "stop"
    | "stopped"
    | "failed"
    | "switch"
    | "drain"
    | "adopt"
    | "why"
    | "progress"
    | "pulled"
    | "pull-failed";
  model?: string;
  /** For `ready`, `failed` and `stopped`: which start of the engine it is about, as in its grants. */
  generation?: number;
  /** For `ready`: seconds that the load took. */
  seconds?: number;
  reason?: string;
  message: string;
}

export interface Link {
  /** Listener calls may come before this returns only on a later turn of the event loop, never synchronously. */
  acquire(request: AcquireRequest, listener: AcquireListener): Ticket;
  snapshot(): Snapshot;
  /** Returns the function that ends it. */
  subscribe(listener: (event: WakerEvent) => void): () => void;
  /** Rejects with a Problem. `ensure` resolves when the model is ready. */
  command(command: Command | WeightsCommand): Promise<void>;
  /** What lies on the waker's machine, and what its models want there. Rejects with a Problem. */
  weights(): Promise<StoredWeights[]>;
  /** The last lines of an engine's log, then live until `signal` aborts when `follow`. */
  logs(model: string, options: { lines: number; follow: boolean; signal: AbortSignal }): AsyncIterable<string>;
}

/** What the server of the link needs of the waker. */
export interface LinkHost extends Link {
  /**
   * A lease that a gateway had before this waker knew it (it was restarted meanwhile). The listener hears `cut` where
   * the engine is not the same any more.
   */
  resume(request: AcquireRequest, grant: Grant, listener: AcquireListener): Ticket;
}
