/** The ways to run engines on this machine. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Config } from "../config/types.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { Store } from "../store/store.ts";
import type { Driver } from "../waker/driver.ts";
import { processDriver } from "../waker/drivers/process/driver.ts";
import { type FoundGpu, findGpu } from "../waker/gpu-card.ts";
import { type MakeRoom, pageCacheHelper } from "../waker/page-cache.ts";
import type { WakerOptions } from "../waker/waker.ts";

const usualDockerSocket = "/var/run/docker.sock";

export interface Machine {
  drivers: Driver[];
  /** Containers can have a GPU. True too where the daemon is behind a guard that does not say. */
  gpu: boolean;
  /** The GPU that this process can see. */
  found: FoundGpu;
  /** Where a helper that drops the page cache runs. */
  makeRoom?: MakeRoom;
}

/** Processes always; containers where a Docker daemon answers. */
export async function machineOf(config: Config, store: Store, log: Logger): Promise<Machine> {
  const { home } = config;
  const { instance, engines } = store;
  const processes = processDriver({ home, instance, engines, log, embeddedCommand });
  const plain = { drivers: [processes], gpu: false, found: await findGpu() };
  const helper = process.env.HEARTH_PAGE_CACHE;
  if (config.driver === "process") return plain;
  if (config.driver === "docker" || process.env.DOCKER_HOST || existsSync(usualDockerSocket)) {
    // Loaded on demand: Docker's client is half of what Hearth loads at its start.
    const [{ daemonAnswers }, { daemonFacts }, { DaemonFailure }, { dockerDriver }] = await Promise.all([
      import("../containers/daemon.ts"),
      import("../containers/facts.ts"),
      import("../containers/failure.ts"),
      import("../waker/drivers/docker/driver.ts"),
    ]);
    if (await daemonAnswers()) {
      const facts = await daemonFacts();
      const gpu = facts instanceof DaemonFailure || facts.runtimes.includes("nvidia");
      if (!gpu)
        log.info("Docker has no NVIDIA runtime here, so models that need a GPU are not offered: `hearth doctor`");
      const makeRoom = helper ? { makeRoom: pageCacheHelper(helper, log) } : {};
      return { ...plain, ...makeRoom, drivers: [processes, dockerDriver({ instance, log })], gpu };
    }
  }
  if (config.driver === "docker") {
    throw new Error(
      "No Docker daemon answers, but `driver: docker` asks for one. Start it (`systemctl start docker`), or let " +
        "this user reach its socket, or set `driver: auto`.",
    );
  }
  return plain;
}

/** How the waker reads the memory of this machine. */
export function memoryOf({ gpu, found, makeRoom }: Machine): Partial<WakerOptions> {
  const { view, card } = found;
  if (card === null || !gpu) return { gpu: view, ...(makeRoom === undefined ? {} : { makeRoom }) };
  return { gpu: view, hostMemory: () => card.memory(), freshMemory: () => card.fresh() };
}

const engineMain = join(import.meta.dirname, "../engine/main.ts");

function embeddedCommand(spec: ModelSpec, port: number, weights: string | null): string[] {
  const { id, context, concurrency, capabilities } = spec;
  const options = {
    "--model-file": weights,
    "--model-id": id,
    "--host": "127.0.0.1",
    "--port": port,
    "--context": context,
    "--parallel": concurrency,
  };
  const flags = capabilities.includes("embeddings") ? ["--embeddings"] : [];
  return [process.execPath, engineMain, ...Object.entries(options).flat().map(String), ...flags];
}
