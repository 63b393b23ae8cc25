/** A GPU with memory of its own, as nvidia-smi tells it. Asking takes it a tenth of a second or more. */
import { type Gpu, type GpuView, gpuQuery, isUnified, noGpu, parseGpus } from "../domain/gpu.ts";
import type { HostMemory, PoolMemory } from "../domain/memory.ts";
import { readHostMemory } from "./host-memory.ts";
import { nvidiaSmi } from "./nvidia-smi.ts";

export interface FoundGpu {
  view: GpuView;
  /** Null where there is no memory to be asked for but the host's. */
  card: GpuCard | null;
}

export interface GpuCard {
  /** The host's memory with the card's, as it was last told; asks again, for the next call, when that is old. */
  memory(): HostMemory;
  /** As it is now. */
  fresh(): Promise<HostMemory>;
}

const oldMilliseconds = 1000;

/**
 * There is no card where there is no NVIDIA GPU, or where it shares the host's memory: then /proc/meminfo says
 * everything. Of several GPUs the first counts: an engine that is not told otherwise uses that one.
 */
export async function findGpu(ask: typeof nvidiaSmi = nvidiaSmi): Promise<FoundGpu> {
  const look = async () => parseGpus((await ask(gpuQuery)) ?? "")[0];
  const gpu = await look();
  if (gpu === undefined) return { view: noGpu, card: null };
  const { name } = gpu;
  const first = isUnified(gpu, readHostMemory().totalGiB) ? null : poolOf(gpu);
  if (first === null) return { view: { memory: "shared", name }, card: null };
  return { view: { memory: "own", name }, card: watched(first, async () => poolOf(await look())) };
}

function watched(first: PoolMemory, look: () => Promise<PoolMemory | null>): GpuCard {
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

function poolOf(gpu: Gpu | undefined): PoolMemory | null {
  if (gpu === undefined || gpu.totalGiB === null || gpu.freeGiB === null) return null;
  return { totalGiB: gpu.totalGiB, availableGiB: gpu.freeGiB };
}
