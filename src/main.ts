/** The composition root: one Hearth in one process. Everything is made here, and handed to what needs it. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { readCatalog } from "./catalog/catalog.ts";
import { resolveModels } from "./catalog/resolve.ts";
import { effectiveKeys } from "./config/access.ts";
import { ConfigError } from "./config/issue.ts";
import type { LoadedConfig } from "./config/load.ts";
import type { Config, KeyConfig } from "./config/types.ts";
import { watchConfig } from "./config/watch.ts";
import { registerControl } from "./control/control.ts";
import { removeServerFile, writeServerFile } from "./control/server-file.ts";
import type { ModelSpec } from "./domain/model.ts";
import { createGateway } from "./gateway/gateway.ts";
import { hashSecret } from "./store/keys.ts";
import { openStore, type Store } from "./store/store.ts";
import type { Driver } from "./waker/driver.ts";
import { processDriver } from "./waker/drivers/process.ts";
import { createWaker } from "./waker/waker.ts";
import { ensureWeights } from "./weights/weights.ts";

export interface HearthOptions {
  /** Reads the configuration: now, and again whenever its file changes. */
  load: () => LoadedConfig;
  log: Logger;
  version: string;
}

export interface Hearth {
  /** `http://127.0.0.1:8009`: where programs of this machine reach it. */
  origin: string;
  config: Config;
  specs: ModelSpec[];
  /** True while the key is the one that everybody knows. */
  wellKnownKey: boolean;
  /** Ends what runs with an error, stops the engines, frees the home. */
  close(): Promise<void>;
}

/** What a configuration comes to on this machine. */
interface Plan {
  config: Config;
  specs: ModelSpec[];
  wellKnownKey: boolean;
}

/** Starts serving. Rejects with a ConfigError, or an error that says what is in the way and what to do. */
export async function startHearth({ load, log, version }: HearthOptions): Promise<Hearth> {
  const { config: first, warnings } = load();
  for (const warning of warnings) log.warn(warning);
  const store = openStore(join(first.home, "hearth.db"), (err) => log.error({ err }, "the journal cannot be written"));
  const undo: (() => unknown)[] = [() => store.close()];
  try {
    const token = randomBytes(32).toString("base64url");
    const drivers = await driversFor(first, store, log);
    const planFor = (config: Config) => plan(config, { drivers, store, token });
    const { config, specs, wellKnownKey } = planFor(first);
    const waker = await createWaker({ specs, config, drivers, store, log, ensureWeights });
    // Whatever fails from here on leaves the engines to the next try, which adopts them.
    undo.unshift(() => waker.close({ keepEngines: true }));
    const gateway = await createGateway({ link: waker, config, keys: store.keys, log, version });
    undo.unshift(() => gateway.app.close());
    const current = { specs };
    await registerControl(gateway.app, {
      link: waker,
      keys: store.keys,
      requireAdmin: gateway.auth.requireAdmin,
      specs: () => current.specs,
      home: config.home,
      version,
      pull: (weights, { signal, onProgress }) =>
        ensureWeights(weights, { home: config.home, signal, onProgress: ({ doneBytes }) => onProgress(doneBytes) }),
    });
    const origin = await listen(gateway.app, config);
    writeServerFile(config.home, { origin, token, pid: process.pid });
    undo.unshift(() => removeServerFile(config.home));
    const watching = watchConfig(config.file, () => {
      reload(load, log, (changed) => {
        const next = planFor(changed);
        warnOfRestart(config, next.config, log);
        current.specs = next.specs;
        waker.reconfigure(next.specs, next.config);
        gateway.reconfigure(next.config);
      });
    });
    undo.unshift(() => watching.close());
    const close = async () => {
      watching.close();
      removeServerFile(config.home);
      await waker.close();
      await gateway.app.close();
      store.close();
    };
    return { origin, config, specs, wellKnownKey, close };
  } catch (error) {
    for (const step of undo) await step();
    throw error;
  }
}

const usualDockerSocket = "/var/run/docker.sock";

/** Processes always; containers where a Docker daemon answers. */
async function driversFor(config: Config, store: Store, log: Logger): Promise<Driver[]> {
  const { home } = config;
  const { instance, engines } = store;
  const processes = processDriver({ home, instance, engines, log, embeddedCommand });
  if (config.driver === "process") return [processes];
  if (config.driver === "docker" || process.env.DOCKER_HOST || existsSync(usualDockerSocket)) {
    // Loaded on demand: Docker's client is half of what Hearth loads at its start.
    const { dockerAnswers, dockerDriver } = await import("./waker/drivers/docker.ts");
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

const engineMain = join(import.meta.dirname, "engine/main.ts");

function embeddedCommand({ id, context, concurrency }: ModelSpec, port: number, weights: string | null): string[] {
  const options = {
    "--model-file": weights,
    "--model-id": id,
    "--host": "127.0.0.1",
    "--port": port,
    "--context": context,
    "--parallel": concurrency,
  };
  return [process.execPath, engineMain, ...Object.entries(options).flat().map(String)];
}

function plan(config: Config, { drivers, store, token }: { drivers: Driver[]; store: Store; token: string }): Plan {
  const all = resolveModels(config.models, readCatalog());
  // Of the catalog what this machine can run; what somebody asked for by name is kept, and says why it cannot start.
  const specs = config.models.length > 0 ? all : all.filter((spec) => drivers.some((driver) => driver.runs(spec)));
  const { keys, wellKnown } = effectiveKeys(config, store.keys.list().length);
  const local: KeyConfig = {
    name: "this machine",
    hash: hashSecret(token),
    models: ["*"],
    priority: "interactive",
    admin: true,
  };
  return { config: { ...config, keys: [...keys, local] }, specs, wellKnownKey: wellKnown };
}

type App = Awaited<ReturnType<typeof createGateway>>["app"];

async function listen(app: App, { listen: { host, port } }: Config): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new Error(
      `${host}:${port} is taken by another program. Stop it, or choose another address with \`listen:\` in ` +
        "hearth.yaml or HEARTH_LISTEN.",
      { cause: error },
    );
  }
  const address = app.server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${bound}`;
}

/** A file that cannot be applied is refused as a whole; the old configuration stays. */
function reload(load: () => LoadedConfig, log: Logger, apply: (config: Config) => void): void {
  try {
    const { config, warnings } = load();
    for (const warning of warnings) log.warn(warning);
    apply(config);
    log.info(`applied the changed ${config.file}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    log.error(`the changed configuration is refused, the old one stays:\n${error.message}`);
  }
}

function warnOfRestart(before: Config, after: Config, log: Logger): void {
  for (const name of ["listen", "home", "driver"] as const) {
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) {
      log.warn(`\`${name}\` has changed: that takes effect when Hearth is started again`);
    }
  }
}
