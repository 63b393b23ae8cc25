/** The books of a machine, kept apart from the scheduler's. */
import type { NodeFacts, NodeId } from "../../../src/domain/nodes.ts";
import type { Params } from "../../../src/domain/scheduler/params.ts";
import type { SchedulerState } from "../../../src/domain/scheduler/scheduler.ts";
import type { ModelFacts, ModelId, RequestFacts, RequestId, StopReason } from "../../../src/domain/scheduler/types.ts";

export interface Process {
  model: ModelId;
  generation: number;
  nodes: NodeId[];
  phase: "starting" | "ready" | "draining" | "stopping";
  /** Of the drain, else of the start. */
  since: number;
  /** Why it began to drain the last time. */
  drainedFor: StopReason | null;
  readyAt: number;
  memoryGiB: number;
  /** It was told to stop and does not. */
  stuck: boolean;
  served: number;
}

export interface Request extends RequestFacts {
  arrivedAt: number;
  /** Seconds with a lease. */
  takes: number;
  phase: "waiting" | "running" | "served" | "refused" | "cancelled" | "cut" | "broken";
  admittedAt: number | null;
}

export interface Books {
  readonly at: number;
  readonly params: Params;
  readonly nodes: ReadonlyMap<NodeId, NodeFacts>;
  /** Out of reach now. */
  readonly lost: ReadonlySet<NodeId>;
  /** Whose process has just ended by itself, right after its start. */
  readonly endedAtOnce: ModelId | null;
  /** What the scheduler believes. */
  readonly state: SchedulerState;
  readonly models: ReadonlyMap<ModelId, ModelFacts>;
  readonly processes: ReadonlyMap<ModelId, Process>;
  readonly requests: ReadonlyMap<RequestId, Request>;
}

/** A process that was just started. */
export function startedProcess(
  { id, memoryGiB }: ModelFacts,
  generation: number,
  nodes: NodeId[],
  at: number,
): Process {
  return {
    model: id,
    generation,
    nodes,
    phase: "starting",
    since: at,
    drainedFor: null,
    readyAt: at,
    memoryGiB,
    stuck: false,
    served: 0,
  };
}

/** True where a part of the process is out of reach: what it does is not heard of. */
export function isUnheard({ lost }: Pick<Books, "lost">, { nodes }: Process): boolean {
  return nodes.some((node) => lost.has(node));
}
