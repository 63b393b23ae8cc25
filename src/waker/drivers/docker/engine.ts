/** A running container as the waker sees it. */
import type { ContainerInspectInfo } from "dockerode";
import type { Logger } from "pino";
import { type Daemon, recordSeconds } from "../../../containers/daemon.ts";
import { DaemonFailure } from "../../../containers/failure.ts";
import { containerLog } from "../../../containers/logs.ts";
import { containerLabels } from "../../../domain/container-labels.ts";
import { localNode } from "../../../domain/nodes.ts";
import { keyVariables } from "../../../domain/placeholders.ts";
import type { Engine, EngineMemory, ExitReason } from "../../driver.ts";
import { kernelMemoryKills } from "../kernel-kills.ts";
import { exitReason, removedReason } from "./exit-reason.ts";
import { gpuUse } from "./gpu-use.ts";
import { inspect, isOurs } from "./inspect.ts";
import { containerMemory, type MemoryStats } from "./memory.ts";
import { originOf, type Reach } from "./reach.ts";
import { removeContainer, stopContainer } from "./stop.ts";
import type { ContainerWatch } from "./watch.ts";

export interface EngineParts {
  daemon: Daemon;
  watch: ContainerWatch;
  reach: Reach;
  log: Pick<Logger, "warn">;
  info: ContainerInspectInfo;
  /** Where the engine listens inside. */
  port: number;
  specHash: string;
  generation: number;
  origin: string;
}

/** Kept of the log when the container is removed. */
const keptLines = 500;

export function containerEngine(parts: EngineParts): Engine {
  const { daemon, watch, info, port, reach, origin } = parts;
  const id = info.Id;
  const killsBefore = kernelMemoryKills();
  let stopped = false;
  /** It is known to have ended, though somebody may have started it again since. */
  let over = false;
  let stopping: Promise<void> | null = null;
  let keptLog: string[] | null = null;

  const exited = watch.ended(info).then((end): ExitReason => {
    if (end.restarted) return { code: null, signal: null, text: "was restarted from outside" };
    over = true;
    if (end.info === null) return removedReason;
    const kills = kernelMemoryKills();
    const kernelKills = kills === null || killsBefore === null ? null : kills - killsBefore;
    return exitReason(end.info.State, { stopped, foreignSignal: end.foreignSignal, kernelKills });
  });

  async function stop(graceSeconds: number): Promise<void> {
    stopped = true;
    try {
      await stopContainer(daemon, id, graceSeconds);
    } catch (error) {
      // It took its engines along when it went.
      if (!over || !(error instanceof DaemonFailure)) throw error;
    }
    await watch.check(id);
    await exited;
    if (!isOurs(info)) return;
    keptLog ??= await Array.fromAsync(
      containerLog(daemon, id, info.Config.Tty, { lines: keptLines, follow: false, signal: neverAborted }),
    );
    // What does not run holds no memory: a container that stays behind is untidy, not dangerous.
    await removeContainer(daemon, id).catch((error: Error) => parts.log.warn({ container: id }, error.message));
  }

  return {
    model: info.Config.Labels[containerLabels.model] ?? "",
    specHash: parts.specHash,
    generation: parts.generation,
    node: localNode,
    apiKey: keyOf(info),
    pid: info.State.Pid || null,
    origin,
    exited,
    stop(graceSeconds) {
      // A second call joins the first; after a failed one it tries again.
      stopping ??= stop(graceSeconds).finally(() => {
        stopping = null;
      });
      return stopping;
    },
    async ownsPort() {
      const now = await inspect(daemon, id).catch(() => undefined);
      if (now === undefined) return null;
      return now?.State.Running === true && originOf(now, port, reach) === origin;
    },
    memory: () => memoryOf(daemon, info),
    async *logs(options) {
      if (keptLog === null) yield* containerLog(daemon, id, info.Config.Tty, options);
      else if (options.lines > 0) yield* keptLog.slice(-options.lines);
    },
  };
}

const neverAborted = new AbortController().signal;

/** The key that the container was made with: one made by compose has its own. */
function keyOf(info: ContainerInspectInfo): string {
  for (const name of keyVariables) {
    const found = info.Config.Env.find((entry) => entry.startsWith(`${name}=`));
    if (found !== undefined) return found.slice(name.length + 1);
  }
  return "";
}

async function memoryOf(daemon: Daemon, { Id: id, HostConfig }: ContainerInspectInfo): Promise<EngineMemory | null> {
  const hasGpu = (HostConfig.DeviceRequests ?? []).length > 0;
  try {
    const [stats, gpuGiB] = await Promise.all([
      daemon.ask("read its memory", recordSeconds, () =>
        daemon.client.getContainer(id).stats({ stream: false, "one-shot": true }),
      ),
      hasGpu ? gpuUse(daemon, id) : 0,
    ]);
    const own = containerMemory((stats.memory_stats as MemoryStats | undefined) ?? {});
    return own && { residentGiB: own.residentGiB + gpuGiB, heldGiB: own.heldGiB + gpuGiB };
  } catch {
    return null;
  }
}
