/** Hearth's own scheduler, the very code that the waker runs. */
import { localNode, type NodeFacts, onePoolNode } from "../../../src/domain/nodes.ts";
import { type Params, paramsFor } from "../../../src/domain/scheduler/params.ts";
import { initialState, step } from "../../../src/domain/scheduler/scheduler.ts";
import type { ModelFacts } from "../../../src/domain/scheduler/types.ts";
import type { PolicyMaker } from "../policy.ts";
import type { Machine } from "../trace.ts";

/** Refuses nobody for the length of the wait: those who give up must not flatter the figures. */
export function hearth(overrides: Partial<Params> = {}): PolicyMaker {
  const params = paramsFor("balanced", {
    maxWaitSeconds: Number.POSITIVE_INFINITY,
    queueLimit: Number.POSITIVE_INFINITY,
    drainSeconds: Number.POSITIVE_INFINITY,
    ...overrides,
  });
  return (machine) => {
    let state = step(initialState(), { type: "models", ...factsOf(machine) }, 0, params).state;
    return {
      step(event, at) {
        const next = step(state, event, at, params);
        state = next.state;
        return next;
      },
    };
  };
}

/** The scheduler keeps room for utility models within its budget; the traces count theirs besides. */
function factsOf(machine: Machine): { models: ModelFacts[]; nodes: NodeFacts[] } {
  const idleStopSeconds = machine.keepAliveSeconds;
  const models = Object.entries(machine.models).map(([id, { lifecycle, ...model }]) => ({
    id,
    ...model,
    pool: "gpu" as const,
    nodes: 1,
    service: {},
    policy: { lifecycle, idleStopSeconds, pinned: false, warm: null },
  }));
  const utility = models.filter(({ policy }) => policy.lifecycle === "utility");
  const lane = utility.reduce((sum, model) => sum + model.memoryGiB, 0);
  return { models, nodes: [onePoolNode(localNode, machine.budgetGiB + lane)] };
}
