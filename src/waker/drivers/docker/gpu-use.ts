/** GPU memory of one container: what nvidia-smi says of its processes. */

import { type Daemon, recordSeconds } from "../../../containers/daemon.ts";
import { gpuProcessQuery, parseGpuProcesses } from "../../../domain/gpu.ts";
import { nvidiaSmi } from "../../nvidia-smi.ts";

/** The part of `docker top` that we read. */
export interface Top {
  Titles: string[];
  Processes: string[][] | null;
}

/**
 * GiB; 0 where nobody can tell: no nvidia-smi here, as in a container, or a guard that does not let processes be
 * listed. Docker's own figures leave this memory out, on a GPU that shares the host's too.
 */
export async function gpuUse(daemon: Daemon, id: string, ask: typeof nvidiaSmi = nvidiaSmi): Promise<number> {
  const csv = await ask(gpuProcessQuery);
  const users = parseGpuProcesses(csv ?? "").filter(({ usedGiB }) => usedGiB !== null);
  if (users.length === 0) return 0;
  try {
    const container = daemon.client.getContainer(id);
    const top = await daemon.ask("list its processes", recordSeconds, () => container.top());
    const pids = pidsOf(top as Top);
    return users.reduce((sum, { pid, usedGiB }) => sum + (pids.has(pid) ? usedGiB! : 0), 0);
  } catch {
    return 0;
  }
}

/** Of the host, as nvidia-smi has them too. */
export function pidsOf({ Titles, Processes }: Top): Set<number> {
  const column = Titles.indexOf("PID");
  return new Set((Processes ?? []).map((row) => Number(row[column])));
}
