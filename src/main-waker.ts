/** The half that owns the engines alone. Gateways reach it over the link; nothing else is served. */
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import type { Logger } from "pino";
import { machineOf, memoryOf } from "./assembly/drivers.ts";
import { liveConfig } from "./assembly/live-config.ts";
import { loggedWeights } from "./assembly/logged-weights.ts";
import { modelsFor } from "./assembly/plan.ts";
import type { LoadedConfig } from "./config/load.ts";
import { type LinkServer, serveLink } from "./link/link-server.ts";
import { settling } from "./link/settling.ts";
import { openStore } from "./store/store.ts";
import { createWaker, type Waker } from "./waker/waker.ts";

export interface WakerOptions {
  load: () => LoadedConfig;
  log: Logger;
  host: string;
  port: number;
  /** What a gateway must present. */
  token: string;
}

export interface RunningWaker {
  /** How many models it has. */
  specs: number;
  /** Engines that gateways use go on, with their streams, for the next waker to adopt; the others end. */
  close(): Promise<void>;
}

export async function startWaker({ load, log, host, port, token }: WakerOptions): Promise<RunningWaker> {
  const undo: (() => unknown)[] = [];
  try {
    const live = liveConfig(load, log);
    undo.unshift(() => live.close());
    const config = live.first;
    const store = openStore(join(config.home, "hearth.db"), (err) =>
      log.error({ err }, "the journal cannot be written"),
    );
    undo.unshift(() => store.close());
    const machine = await machineOf(config, store, log);
    const specs = modelsFor(config, machine);
    const waker = await createWaker({
      specs,
      config,
      drivers: machine.drivers,
      store,
      log,
      ensureWeights: loggedWeights(log),
      ...memoryOf(machine),
    });
    undo.unshift(() => waker.close({ keep: "all" }));
    const link = await listen(waker, { host, port, token, log });
    undo.unshift(() => link.close());
    live.follow((next) => waker.reconfigure(modelsFor(next, machine), next));
    return {
      specs: specs.length,
      async close() {
        link.close();
        live.close();
        await waker.close({ keep: "used" });
        store.close();
      },
    };
  } catch (error) {
    for (const step of undo) await step();
    throw error;
  }
}

/** Twice the longest pause between two tries of a gateway to connect. */
const settleMilliseconds = 4000;

/** The loop must have turned within this for the waker to count as alive. */
const staleSeconds = 30;

async function listen(waker: Waker, { host, port, token, log }: Omit<WakerOptions, "load">): Promise<LinkServer> {
  const server: Server = createServer((request, response) => {
    const alive = Date.now() / 1000 - waker.snapshot().heartbeatAt < staleSeconds;
    const status = request.url !== "/healthz" ? 404 : alive ? 200 : 503;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ ok: status === 200 }));
  });
  const adopted = waker.snapshot().models.some(({ state }) => state === "ready");
  const link = serveLink({ server, host: adopted ? settling(waker, settleMilliseconds) : waker, token, log });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = `${host}:${port} is taken by another program. Choose another address with --link or HEARTH_LINK.`;
      reject(error.code === "EADDRINUSE" ? new Error(taken, { cause: error }) : error);
    });
    server.listen(port, host, resolve);
  });
  return {
    close() {
      link.close();
      server.close();
    },
  };
}
