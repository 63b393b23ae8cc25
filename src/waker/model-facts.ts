import { loadEstimate } from "../domain/estimates.ts";
import { usesGpu } from "../domain/memory.ts";
import { neededMemory } from "../domain/memory-use.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { ModelFacts } from "../domain/scheduler/types.ts";
import type { Store } from "../store/store.ts";
import { specHash } from "./spec-hash.ts";

/** What the scheduler knows of a model: the specification, and this machine's history. */
export function modelFacts(
  spec: ModelSpec,
  { loads, serviceTimes, memoryUses }: Pick<Store, "loads" | "serviceTimes" | "memoryUses">,
): ModelFacts {
  return {
    id: spec.id,
    ...neededMemory(spec, memoryUses.found(spec.id, specHash(spec))),
    pool: usesGpu(spec) ? "gpu" : "host",
    nodes: 1,
    loadSeconds: loadEstimate(loads.of(spec.id), spec.loadSeconds),
    service: serviceTimes.of(spec.id),
    concurrency: spec.concurrency,
    policy: spec.policy,
  };
}
