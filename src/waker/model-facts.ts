import { loadEstimate } from "../domain/estimates.ts";
import { usesGpu } from "../domain/memory.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { ModelFacts } from "../domain/scheduler/types.ts";
import type { Store } from "../store/store.ts";

/** What the scheduler knows of a model: the specification, and this machine's history. */
export function modelFacts(
  spec: ModelSpec,
  { loads, serviceTimes }: Pick<Store, "loads" | "serviceTimes">,
): ModelFacts {
  return {
    id: spec.id,
    memoryGiB: spec.memoryGiB,
    ...(spec.startPeakGiB === undefined ? {} : { startPeakGiB: spec.startPeakGiB }),
    pool: usesGpu(spec) ? "gpu" : "host",
    nodes: 1,
    loadSeconds: loadEstimate(loads.of(spec.id), spec.loadSeconds),
    service: serviceTimes.of(spec.id),
    concurrency: spec.concurrency,
    policy: spec.policy,
  };
}
