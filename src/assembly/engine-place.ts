import type { HostMemory } from "../domain/memory.ts";
import type { ModelSpec } from "../domain/model.ts";

/** Where engines run, as far as it decides which models they can be of. */
export interface EnginePlace {
  /** With the GPU's own, where engines can have it. */
  memory: HostMemory;
  /** Engines can have a GPU. */
  gpu: boolean;
  /** Of the processors of containers, as images name it: `arm64`. Null where there are none, or nobody says. */
  architecture: string | null;
  /** Something here can run it. */
  runs(spec: ModelSpec): boolean;
}
