/** The waker's part of a plan: what a configuration means for it, already judged, so that applying it cannot fail. */
import type { Config } from "../config/types.ts";
import { type HostMemory, type PoolLimits, poolLimits, wantedMemory } from "../domain/memory.ts";
import type { ModelSpec } from "../domain/model.ts";
import { localNode, type NodeFacts, nodeFacts } from "../domain/nodes.ts";
import { type Params, paramsFor } from "../domain/scheduler/params.ts";

export interface WakerPlan {
  /** The models to serve. */
  specs: ModelSpec[];
  /** The scheduler's numbers. */
  params: Params;
  /** Where engines may stand. */
  nodes: NodePlan[];
  weights: {
    /** What they may take of the disk. Bytes; null = the disk itself. */
    budget: number | null;
    /** Bytes per second; null = as fast as they come. */
    limit: number | null;
  };
  /** No byte from an engine for this long, and a probe fails too: the request ends. */
  stallSeconds: number;
}

export interface NodePlan {
  /** For the scheduler: what engines may take there together. */
  facts: NodeFacts;
  /** For the look at its memory before a start. */
  limits: PoolLimits;
}

export function wakerPlan(
  { memory, weights, policy, limits }: Pick<Config, "memory" | "weights" | "policy" | "limits">,
  specs: ModelSpec[],
  host: HostMemory,
): WakerPlan {
  const params = paramsFor(policy.eagerness, {
    maxWaitSeconds: policy.maxWait,
    drainSeconds: policy.drain,
    queueLimit: limits.queue,
  });
  const pools = poolLimits(wantedMemory(memory), host);
  const nodes = [{ facts: nodeFacts(localNode, host, pools), limits: pools }];
  const { budget, limit } = weights;
  const disk = { budget: budget || null, limit: limit || null };
  return { specs, params, nodes, weights: disk, stallSeconds: policy.stall };
}
