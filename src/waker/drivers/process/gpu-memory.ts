/** GPU memory of some processes together, as nvidia-smi tells it. */
import { gpuProcessQuery, parseGpuProcesses } from "../../../domain/gpu.ts";
import { nvidiaSmi } from "../../nvidia-smi.ts";

/** Where there was no nvidia-smi at the first question there is none later. */
let isThere = true;

/** GiB; 0 where nobody can tell. */
export async function gpuMemory(pids: number[], ask: typeof nvidiaSmi = nvidiaSmi): Promise<number> {
  if (!isThere) return 0;
  const csv = await ask(gpuProcessQuery);
  if (csv === null) isThere = false;
  const own = new Set(pids);
  return parseGpuProcesses(csv ?? "").reduce((sum, { pid, usedGiB }) => sum + (own.has(pid) ? (usedGiB ?? 0) : 0), 0);
}
