import type { HostMemory } from "../domain/memory.ts";
import type { ModelSpec } from "../domain/model.ts";

/** Where engines run, as far as it decides which models they can be of. */
export interface EnginePlace {
  /** With the GPU's own, where engines can have it. */
  memory: HostMemory;
  /** Engines can have a GPU. */
  gpu: boolean;
  /** Something here can run it. */
  runs(spec: ModelSpec): boolean;
}
