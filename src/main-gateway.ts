/** The public half alone: HTTP, keys, relay and console, in front of a waker over the network. No privilege. */
import type { Logger } from "pino";
import { openAccess } from "./assembly/access.ts";
import { openHearthStore } from "./assembly/back.ts";
import { openFront } from "./assembly/front.ts";
import { openPresent } from "./assembly/present.ts";
import { shippedCatalog } from "./assembly/shipped-catalog.ts";
import type { LoadedConfig } from "./config/load.ts";
import { remoteLink } from "./link/remote-link.ts";

export interface GatewayOptions {
  load: () => LoadedConfig;
  log: Logger;
  version: string;
  /** `http://waker-link:8010`. */
  waker: string;
  token: string;
  /** Ends the wait for the waker. */
  signal: AbortSignal;
}

export interface RunningGateway {
  origin: string;
  /** The admin key of this installation, where this start has made it and nobody has another one. */
  newAdminKey: string | null;
  /** Takes nothing new, waits for the running answers (`policy.stopGrace`) and ends. `hurry` cuts the wait short. */
  close(hurry: AbortSignal): Promise<void>;
  /** Reads the configuration again. */
  reload(): void;
}

/** Listens once it has reached its waker; later it goes on without it, and requests wait for its return. */
export async function startGateway({
  load,
  log,
  version,
  waker,
  token: linkToken,
  signal,
}: GatewayOptions): Promise<RunningGateway> {
  const undo: (() => unknown)[] = [];
  try {
    const present = openPresent(load, log);
    undo.unshift(() => present.close());
    const { config } = present;
    const store = await openHearthStore(config, log, signal);
    undo.unshift(() => store.close());
    const access = openAccess(config.home, store, log);
    present.begin(() => ({
      catalog: shippedCatalog(),
      engines: null,
      clients: access,
    }));
    const link = remoteLink({ url: waker, token: linkToken, log });
    undo.unshift(() => link.close());
    // Before that it would deny models that exist.
    await unlessAborted(link.ready, signal);
    const front = await openFront({ link, present, store, log, version });
    undo.unshift(() => front.close());
    present.follow((plan) => front.apply(plan));
    return {
      origin: front.origin,
      newAdminKey: access.made && !present.plan.ownKeys ? access.secret : null,
      reload: present.reload,
      async close(hurry) {
        store.stopping();
        await front.drain(hurry);
        for (const step of undo) await step();
      },
    };
  } catch (error) {
    for (const step of undo) await step();
    throw error;
  }
}

function unlessAborted<T>(awaited: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  return Promise.race([awaited, aborted.promise]).finally(() => signal.removeEventListener("abort", abort));
}
