/** Everything that listens on the public address: gateway, control API and console, in front of any link. */
import type { Logger } from "pino";
import type { Config } from "../config/types.ts";
import { registerConsolePage } from "../control/console-page.ts";
import { registerControl } from "../control/control.ts";
import { registerInvitationPage } from "../control/invitation-page.ts";
import { Invitations } from "../control/invitations.ts";
import { removeServerFile, writeServerFile } from "../control/server-file.ts";
import type { EnginePlace } from "../domain/engine-place.ts";
import { createGateway } from "../gateway/gateway.ts";
import type { Link } from "../link/link.ts";
import type { Store } from "../store/store.ts";
import { tracingFrom } from "../tracing/tracing.ts";
import { announce } from "./announce.ts";
import { offeredModels, toldPlace } from "./offered-models.ts";
import type { Plan } from "./plan.ts";
import type { Present } from "./present.ts";
import { pullModel } from "./pull-model.ts";

export interface FrontOptions {
  link: Link;
  present: Present;
  store: Store;
  log: Logger;
  version: string;
  /** The machine of the engines; absent where they are elsewhere. */
  place?: () => EnginePlace;
}

export interface Front {
  /** `http://127.0.0.1:8009`: where programs of this machine reach it. */
  origin: string;
  apply(plan: Plan): void;
  /** Takes nothing new, and waits for the running answers: as long as the configuration says, less in a hurry. */
  drain(hurry: AbortSignal): Promise<void>;
  /** Ends the listener. */
  close(): Promise<void>;
}

/** Listens. Rejects with an error that says what is in the way and what to do. */
export async function openFront(options: FrontOptions): Promise<Front> {
  const { link, present, store, log, version, place } = options;
  const { config } = present.plan;
  const { home } = config;
  // Whoever had a key in the file or in the environment had one, also when it is taken out again.
  const remember = (plan: Plan) => plan.ownKeys && store.ownKeys.set("ever");
  const keep = ({ config: { usage } }: Plan) => store.requests.keep(usage.keep / 86_400);
  remember(present.plan);
  keep(present.plan);
  const tracing = tracingFrom(process.env, version);
  const gateway = await createGateway({
    link,
    plan: present.plan.gateway,
    keys: { findByHash: store.keys.findByHash, neverOwn: () => store.ownKeys.state === "never" },
    spent: store.spent,
    storeHealth: store.health,
    recorded: store.requests.add,
    pull: pullModel(link),
    tracing,
    home,
    log,
    version,
  });
  registerConsolePage(gateway.app);
  const invitations = new Invitations();
  registerInvitationPage(gateway.app, { invitations, keys: store.keys, audit: store.audit });
  registerControl(gateway.app, {
    link,
    keys: store.keys,
    configuredKeys: () => present.config.keys,
    audit: store.audit,
    people: gateway.people,
    invitations,
    stopping: gateway.stopping,
    requests: store.requests,
    power: () => present.config.usage,
    requireAdmin: gateway.auth.requireAdmin,
    requireKey: gateway.auth.requireKey,
    budget: () => present.config.weights.budget || null,
    choices: (wish) => offeredModels(wish, place?.() ?? toldPlace(link.snapshot())),
    version,
    log,
  });
  const origin = await listen(gateway.app, config);
  writeServerFile(home, { origin, pid: process.pid });
  const announced = announcedAt(origin, config, log);
  return {
    origin,
    apply(plan) {
      remember(plan);
      keep(plan);
      gateway.apply(plan.gateway);
    },
    drain: (hurry) => gateway.drain(present.config.policy.stopGrace * 1000, hurry),
    async close() {
      removeServerFile(home);
      await (await announced)?.end();
      await gateway.app.close();
      await tracing?.close();
    },
  };
}

/** Null where nothing is, or can be. */
async function announcedAt(origin: string, { announce: name, listen: { host } }: Config, log: Logger) {
  if (name === "off") return null;
  try {
    return await announce({ name, host, port: Number(new URL(origin).port), log });
  } catch (error) {
    log.warn(`${name}.local cannot be announced: ${(error as Error).message}`);
    return null;
  }
}

type App = Awaited<ReturnType<typeof createGateway>>["app"];

async function listen(app: App, { listen: { host, port } }: Config): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw new Error(explained(error as NodeJS.ErrnoException, `${host}:${port}`), { cause: error });
  }
  const address = app.server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${bound}`;
}

function explained({ code, message }: NodeJS.ErrnoException, address: string): string {
  const choose = "choose another address with `listen:` in hearth.yaml or HEARTH_LISTEN.";
  if (code === "EADDRINUSE") return `${address} is taken by another program. Stop it, or ${choose}`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") return `${address} is no address of this machine: ${choose}`;
  if (code === "EACCES") return `This user may not listen on ${address} (ports below 1024 are root's): ${choose}`;
  return message;
}
