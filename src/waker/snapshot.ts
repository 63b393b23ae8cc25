import type { ModelSpec } from "../domain/model.ts";
import type { MemoryView, NodeView, Snapshot } from "../link/link.ts";
import { now } from "./clock.ts";
import type { Fleet } from "./fleet.ts";
import type { Loop } from "./loop.ts";
import { modelView } from "./model-view.ts";
import type { Nodes } from "./nodes.ts";
import type { WeightsQueue } from "./weights-queue.ts";

/** Everything as it is now; computed when somebody asks. */
export function takeSnapshot(
  specs: ModelSpec[],
  { state, params, heartbeatAt, why }: Loop,
  fleet: Fleet,
  nodes: Nodes,
  weights: WeightsQueue,
): Snapshot {
  const at = now();
  const views = nodes.views(state);
  return {
    at,
    heartbeatAt,
    why,
    models: specs.map((spec) => ({
      ...modelView(spec, state, params, at, fleet.life(spec.id)),
      memoryUse: fleet.memoryUse(spec),
    })),
    nodes: views,
    memory: together(views),
    queueDepth: state.waiting.length,
    weightsJobs: weights.jobs(),
  };
}

function together(nodes: NodeView[]): MemoryView {
  const sum = (field: keyof MemoryView) => nodes.reduce((total, { memory }) => total + memory[field], 0);
  return {
    totalGiB: sum("totalGiB"),
    availableGiB: sum("availableGiB"),
    budgetGiB: sum("budgetGiB"),
    committedGiB: sum("committedGiB"),
    floorGiB: sum("floorGiB"),
  };
}
