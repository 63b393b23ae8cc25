/** The half that owns the engines alone. Gateways reach it over the link; nothing else is served. */
import { createServer, type Server } from "node:http";
import type { Logger } from "pino";
import { openBack } from "./assembly/back.ts";
import { openPresent } from "./assembly/present.ts";
import type { LoadedConfig } from "./config/load.ts";
import type { StoreHealth } from "./domain/store-health.ts";
import { type LinkServer, serveLink } from "./link/link-server.ts";
import { settling } from "./link/settling.ts";
import type { Waker } from "./waker/waker.ts";

export interface WakerOptions {
  load: () => LoadedConfig;
  log: Logger;
  host: string;
  port: number;
  /** What a gateway must present. */
  token: string;
  /** Ends the wait for a Hearth that stops on the same home. */
  signal: AbortSignal;
}

export interface RunningWaker {
  /** How many models it has. */
  specs: number;
  /** Engines that gateways use go on, with their streams, for the next waker to adopt; the others end. */
  close(hurry: AbortSignal): Promise<void>;
  /** Reads the configuration again. */
  reload(): void;
}

export async function startWaker(options: WakerOptions): Promise<RunningWaker> {
  const { load, log, host, port, token, signal } = options;
  const undo: (() => unknown)[] = [];
  try {
    const present = openPresent(load, log);
    undo.unshift(() => present.close());
    const { waker, store } = await openBack(present, false, log, signal);
    undo.unshift(() => waker.close({ keep: "all" }).then(() => store.close()));
    const link = await listen(waker, store.health, { host, port, token, log });
    undo.unshift(() => link.close());
    present.follow((plan) => waker.apply(plan.waker));
    return {
      specs: present.plan.specs.length,
      reload: present.reload,
      async close(hurry) {
        store.stopping();
        link.close();
        present.close();
        await waker.close({ keep: "used", hurry });
        await store.close();
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

/** Nobody but gateways and a health check has business here, and both say at once what they want. */
const patience = {
  headersTimeout: 5000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1000,
  keepAliveTimeout: 1000,
};

async function listen(
  waker: Waker,
  storeHealth: () => StoreHealth,
  { host, port, token, log }: Omit<WakerOptions, "load" | "signal">,
): Promise<LinkServer> {
  const server: Server = createServer(patience, (request, response) => {
    const alive = Date.now() / 1000 - waker.snapshot().heartbeatAt < staleSeconds;
    const status = request.url !== "/healthz" ? 404 : alive ? 200 : 503;
    const body = { ok: status === 200, ...(status === 404 ? {} : { store: storeHealth() }) };
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
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
