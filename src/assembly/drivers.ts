/** The ways to run engines on this machine. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Config } from "../config/types.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { Store } from "../store/store.ts";
import type { Driver } from "../waker/driver.ts";
import { processDriver } from "../waker/drivers/process.ts";

const usualDockerSocket = "/var/run/docker.sock";

/** Processes always; containers where a Docker daemon answers. */
export async function driversFor(config: Config, store: Store, log: Logger): Promise<Driver[]> {
  const { home } = config;
  const { instance, engines } = store;
  const processes = processDriver({ home, instance, engines, log, embeddedCommand });
  if (config.driver === "process") return [processes];
  if (config.driver === "docker" || process.env.DOCKER_HOST || existsSync(usualDockerSocket)) {
    // Loaded on demand: Docker's client is half of what Hearth loads at its start.
    const { dockerAnswers, dockerDriver } = await import("../waker/drivers/docker.ts");
    if (await dockerAnswers()) return [processes, dockerDriver({ instance, log })];
  }
  if (config.driver === "docker") {
    throw new Error(
      "No Docker daemon answers, but `driver: docker` asks for one. Start it (`systemctl start docker`), or let " +
        "this user reach its socket, or set `driver: auto`.",
    );
  }
  return [processes];
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
