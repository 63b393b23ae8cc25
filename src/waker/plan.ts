/** The waker's part of a plan: what a configuration means for it, already judged, so that applying it cannot fail. */
import type { Config } from "../config/types.ts";
import { type HostMemory, type PoolLimits, poolLimits } from "../domain/memory.ts";
import type { ModelSpec } from "../domain/model.ts";
import { localNode, type NodeFacts, nodeFacts } from "../domain/nodes.ts";
import { type Params, paramsFor } from "../domain/scheduler/params.ts";

export interface WakerPlan {
  /** The models to serve. */
  specs: ModelSpec[];
  /** The scheduler's numbers. */
  params: Params;
  /** Where engines may stand, and what they may take there together. */
  nodes: NodeFacts[];
  /** The same of this machine, for the look at its memory before a start. */
  limits: PoolLimits;
  /** No byte from an engine for this long, and a probe fails too: the request ends. */
  stallSeconds: number;
}

export function wakerPlan(
  { memory, policy, limits }: Pick<Config, "memory" | "policy" | "limits">,
  specs: ModelSpec[],
  host: HostMemory,
): WakerPlan {
  const params = paramsFor(policy.eagerness, {
    maxWaitSeconds: policy.maxWait,
    drainSeconds: policy.drain,
    queueLimit: limits.queue,
  });
  const pools = poolLimits(memory, host);
  const nodes = [nodeFacts(localNode, host, pools)];
  return { specs, params, nodes, limits: pools, stallSeconds: policy.stall };
}
