import type { GpuView } from "../domain/gpu.ts";
import { type HostMemory, ledgerLimits, type PoolLimits, type PoolMemory } from "../domain/memory.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { Snapshot } from "../link/link.ts";
import { now } from "./clock.ts";
import type { Fleet } from "./fleet.ts";
import type { Loop } from "./loop.ts";
import { modelView } from "./model-view.ts";

/** Everything as it is now; computed when somebody asks. */
export function takeSnapshot(
  specs: ModelSpec[],
  { state, params, heartbeatAt, why }: Loop,
  fleet: Fleet,
  host: HostMemory,
  limits: PoolLimits,
  gpu: GpuView,
): Snapshot {
  const at = now();
  return {
    at,
    heartbeatAt,
    why,
    models: specs.map((spec) => modelView(spec, state, params, at, fleet.life(spec.id))),
    memory: {
      ...poolOf(host),
      ...ledgerLimits(limits),
      committedGiB: Object.values(state.engines).reduce((sum, engine) => sum + engine.heldGiB, 0),
    },
    gpu,
    queueDepth: state.waiting.length,
  };
}

/** The one that the budget is of. */
function poolOf({ card, ...host }: HostMemory): PoolMemory {
  return card ?? host;
}
