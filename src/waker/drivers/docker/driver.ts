/** Runs engines as containers, straight on a Docker daemon or through the guard in front of one. */
import { existsSync } from "node:fs";
import type { Logger } from "pino";
import { awaitDaemon } from "../../../containers/await-daemon.ts";
import { connectTo } from "../../../containers/daemon.ts";
import { type DaemonFacts, daemonFacts } from "../../../containers/facts.ts";
import { DaemonFailure } from "../../../containers/failure.ts";
import { refuseForeignImage } from "../../../containers/foreign-image.ts";
import { ensureImage } from "../../../containers/image.ts";
import type { ContainerRuntime } from "../../../domain/container-runtime.ts";
import type { ModelSpec } from "../../../domain/model.ts";
import { nothingResolved, openBranches, pinned, type Resolutions } from "../../../domain/resolved.ts";
import type { Driver, DriverParts } from "../../driver.ts";
import { containerEngine } from "./engine.ts";
import { findLeftOver } from "./find.ts";
import { type Reach, reachFrom } from "./reach.ts";
import { startContainer } from "./start.ts";
import { ContainerWatch } from "./watch.ts";

export interface DockerDriverOptions {
  /** The store's instance id: only containers that carry it are touched. */
  instance: string;
  log: Pick<Logger, "info" | "warn">;
  /** Containers can have a GPU. Default: true. */
  gpu?: boolean;
  /** Of the daemon's host. Absent where it is not known. */
  architecture?: string;
  /** How engines are reached. Default: `network` where HEARTH_ENGINE_NETWORK names one, else `loopback`. */
  reach?: Reach;
  /** `unix:///path` or `tcp://host:port`. Default: DOCKER_HOST, then Docker's usual socket. */
  host?: string;
  /** What the daemon's host calls a path of ours. Needed where this process is in a container. */
  hostPath?: (path: string) => string;
  /** Where it is kept what branches and tags stand for. Absent: for what they are now. */
  resolutions?: Resolutions;
}

/** The driver as this machine's daemon allows it. */
export async function openDocker({ instance, log, env, resolutions }: DriverParts): Promise<Driver> {
  const host = env.DOCKER_HOST || undefined;
  const facts = await daemonFacts(host);
  const known = facts instanceof DaemonFailure ? {} : { gpu: passesGpu(facts), architecture: facts.architecture };
  return dockerDriver({ instance, log, resolutions, ...known, ...(host === undefined ? {} : { host }) });
}

/** Docker itself calls this program, where it is installed and no runtime is configured. */
const hook = "/usr/bin/nvidia-container-runtime-hook";

/** True too where nobody can say: a daemon behind a guard does not. */
function passesGpu({ runtimes }: DaemonFacts): boolean {
  return runtimes.length === 0 || runtimes.includes("nvidia") || existsSync(hook);
}

export function dockerDriver(options: DockerDriverOptions): Driver {
  const { instance, log, gpu = true, architecture, hostPath = (path) => path, resolutions = null } = options;
  const reach = options.reach ?? reachFrom(process.env.HEARTH_ENGINE_NETWORK);
  const daemon = connectTo(options.host);
  const watch = new ContainerWatch(daemon, instance, log);
  const common = { daemon, watch, reach, log };
  return {
    name: "docker",
    gpu,
    ...(architecture === undefined ? {} : { architecture }),
    runs: (spec) => spec.runtime.kind === "container",
    async prepare(spec, signal, onProgress) {
      const runtime = runtimeOf(spec);
      await awaitDaemon(daemon, signal, onProgress);
      await resolutions?.resolveCommits(openBranches(runtime), signal);
      await ensureImage(daemon, runtime, resolutions, signal, onProgress);
      await refuseForeignImage(daemon, pinned(runtime, (await resolutions?.read()) ?? nothingResolved));
    },
    async start(order) {
      const runtime = pinned(runtimeOf(order.spec), (await resolutions?.read()) ?? nothingResolved);
      const started = await startContainer(order, runtime, { daemon, instance, reach, hostPath, log });
      const { specHash, generation } = order;
      return containerEngine({ ...common, ...started, specHash, generation });
    },
    async found() {
      const left = await findLeftOver(daemon, instance, reach, log);
      return left.map((one) => containerEngine({ ...common, ...one }));
    },
  };
}

function runtimeOf({ id, runtime }: ModelSpec): ContainerRuntime {
  if (runtime.kind !== "container")
    throw new Error(`${id} does not run in a container: its runtime is ${runtime.kind}.`);
  return runtime;
}
