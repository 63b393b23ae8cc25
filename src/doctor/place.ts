/** The machine as a place for engines, as the driver of its GPU and the kernel tell it. */
import { availableParallelism, freemem, totalmem } from "node:os";
import { DaemonFailure } from "../containers/failure.ts";
import { type EnginePlace, placeOf } from "../domain/engine-place.ts";
import { isUnified } from "../domain/gpu.ts";
import { bytesPerGiB } from "../domain/size.ts";
import type { Facts } from "./facts.ts";

/** `containers`: whether they can be run; absent, the daemon is asked. Of several GPUs the first counts. */
export async function placeSeen(
  facts: Pick<Facts, "gpus" | "memory" | "daemon">,
  containers?: boolean,
): Promise<EnginePlace> {
  const [reading, host, daemon] = await Promise.all([facts.gpus(), facts.memory(), containers ?? facts.daemon()]);
  const { totalGiB, availableGiB } = host ?? nodesOwn();
  const gpu = reading.kind === "gpus" ? reading.gpus[0]! : null;
  const own = gpu !== null && gpu.totalGiB !== null && !isUnified(gpu, totalGiB);
  const card = own ? { card: { totalGiB: gpu.totalGiB!, availableGiB: gpu.freeGiB ?? gpu.totalGiB! } } : {};
  return placeOf({
    memory: { totalGiB, availableGiB, ...card },
    gpu: gpu !== null,
    architecture: typeof daemon === "boolean" || daemon instanceof DaemonFailure ? null : daemon.architecture,
    processors: availableParallelism(),
    containers: typeof daemon === "boolean" ? daemon : !(daemon instanceof DaemonFailure),
  });
}

/** Where the kernel has no /proc. */
function nodesOwn() {
  return { totalGiB: totalmem() / bytesPerGiB, availableGiB: freemem() / bytesPerGiB };
}
