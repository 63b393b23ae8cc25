/** A GPU with memory of its own, as nvidia-smi tells it. Asking takes it a tenth of a second or more. */
import { type Gpu, gpuQuery, isUnified, parseGpus } from "../domain/gpu.ts";
import type { HostMemory, PoolMemory } from "../domain/memory.ts";
import { readHostMemory } from "./host-memory.ts";
import { nvidiaSmi } from "./nvidia-smi.ts";

export interface GpuCard {
  /** The host's memory with the card's, as it was last told; asks again, for the next call, when that is old. */
  memory(): HostMemory;
  /** As it is now. */
  fresh(): Promise<HostMemory>;
}

const oldMilliseconds = 1000;

/**
 * Null where there is no NVIDIA GPU, or where it shares the host's memory: then /proc/meminfo says everything. Of
 * several cards the first counts: an engine that is not told otherwise uses that one.
 */
export async function findGpuCard(ask: typeof nvidiaSmi = nvidiaSmi): Promise<GpuCard | null> {
  const host = readHostMemory();
  const look = async (): Promise<PoolMemory | null> => {
    const [gpu] = parseGpus((await ask(gpuQuery)) ?? "");
    return gpu === undefined || isUnified(gpu, host.totalGiB) ? null : poolOf(gpu);
  };
  const first = await look();
  if (first === null) return null;
  let card = first;
  let at = performance.now();
  let asking: Promise<void> | null = null;
  const refresh = () => {
    asking ??= look().then((seen) => {
      // A card that does not answer for once is as it was.
      card = seen ?? card;
      at = performance.now();
      asking = null;
    });
    return asking;
  };
  const memory = () => ({ ...readHostMemory(), card });
  return {
    memory() {
      if (performance.now() - at > oldMilliseconds) void refresh();
      return memory();
    },
    async fresh() {
      // One that was begun before may tell of the time before.
      await asking;
      await refresh();
      return memory();
    },
  };
}

function poolOf({ totalGiB, freeGiB }: Gpu): PoolMemory | null {
  return totalGiB === null || freeGiB === null ? null : { totalGiB, availableGiB: freeGiB };
}
