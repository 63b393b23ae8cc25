import { bytesPerGiB } from "../../../domain/size.ts";
import type { EngineMemory } from "../../driver.ts";

/** The part of Docker's statistics that we read. Names differ between cgroup versions. */
export interface MemoryStats {
  usage?: number;
  stats?: {
    /** v2: page cache and shared memory together. */
    file?: number;
    /** v1: the same, over the whole tree. */
    total_cache?: number;
    shmem?: number;
    total_shmem?: number;
  };
}

/** Null for a container that does not run: Docker then gives no usage. Memory that a GPU driver holds is not in it. */
export function containerMemory({ usage, stats }: MemoryStats): EngineMemory | null {
  if (usage === undefined || usage === 0) return null;
  const cache = stats?.file ?? stats?.total_cache ?? 0;
  const shared = stats?.shmem ?? stats?.total_shmem ?? 0;
  const mapped = Math.max(0, cache - shared);
  return { residentGiB: usage / bytesPerGiB, heldGiB: Math.max(0, usage - mapped) / bytesPerGiB };
}
