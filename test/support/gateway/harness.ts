/** A gateway on a port of its own over a TestLink, real servers behind it, and what a test needs to speak to both. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import pino from "pino";
import { test as base, expect } from "vitest";
import { parseConfig } from "../../../src/config/load.ts";
import type { Config, KeyConfig } from "../../../src/config/types.ts";
import type { RequestRecord } from "../../../src/domain/request-record.ts";
import type { StoreHealth } from "../../../src/domain/store-health.ts";
import type { PullModel } from "../../../src/gateway/dialects/api.ts";
import { createGateway, type Gateway } from "../../../src/gateway/gateway.ts";
import type { Spent } from "../../../src/gateway/http/key-limits.ts";
import { type GatewayPlan, gatewayPlan } from "../../../src/gateway/plan.ts";
import { impossibleStep } from "../../../src/gateway/relay/phases.ts";
import type { Timing } from "../../../src/gateway/settings.ts";
import { HearthClient, testKey } from "../hearth-client.ts";
import type { TestLink } from "./test-link.ts";
import { wellStore } from "./well-store.ts";

export interface Served extends Gateway {
  client: HearthClient;
  origin: string;
}

export interface ServeOptions {
  policy?: Partial<Config["policy"]>;
  limits?: Partial<Config["limits"]>;
  keys?: KeyConfig[];
  virtual?: Config["virtual"];
  cors?: Config["cors"];
  hosts?: string[];
  metrics?: Config["metrics"]["open"];
  anonymous?: Partial<Config["anonymous"]>;
  /** Of the catalog. */
  unserved?: GatewayPlan["unserved"];
  responses?: Partial<Config["responses"]>;
  /** Nobody has ever had a key of his own. */
  neverOwn?: boolean;
  /** Absent: the weights are elsewhere. */
  pull?: PullModel;
  /** More than the gateway's own. */
  routes?: (app: Gateway["app"], auth: Gateway["auth"]) => void;
  /** To listen on. */
  address?: string;
  timing?: Partial<Timing>;
  storeHealth?: StoreHealth;
  /** By keys, before this start. */
  spent?: Spent[];
  /** Gets what is left of each request. */
  records?: RequestRecord[];
}

/** A quick rhythm: what takes seconds in life takes tens of milliseconds here. */
const quick: Timing = { firstCommentMs: 40, commentMs: 60, sweepMs: 10, clientSilenceMs: 5000 };

export function keyOf(secret: string, fields: Partial<KeyConfig> = {}): KeyConfig {
  const hash = `sha256:${createHash("sha256").update(secret).digest("hex")}`;
  return { name: secret, hash, models: ["*"], priority: "interactive", role: "user", ...fields };
}

/** What `hearth.yaml` would come to with these in it. */
export function planFor({
  policy,
  limits,
  keys = [],
  virtual = [],
  cors = { origins: [] },
  hosts = [],
  metrics = "loopback",
  responses = {},
  anonymous = {},
  unserved = [],
  address = "127.0.0.1",
}: ServeOptions = {}): GatewayPlan {
  const { config } = parseConfig("", null, { cwd: "/", env: {} });
  const hold = { streaming: 30, buffered: 30 };
  return gatewayPlan(
    {
      policy: { ...config.policy, hold, stall: 30, ...policy },
      limits: { body: 1024 * 1024, bodies: "auto", image: 512 * 1024, queue: 100, ...limits },
      virtual,
      cors,
      hosts,
      metrics: { open: metrics, keys: false },
      responses: { ...config.responses, ...responses },
      anonymous: { ...config.anonymous, ...anonymous },
    },
    [keyOf(testKey, { role: "admin" }), ...keys],
    address,
    unserved,
  );
}

/** `defects`: what the log says that can never be. */
async function serve(link: TestLink, options: ServeOptions, defects: string[]): Promise<Served> {
  const write = (line: string) => void (line.includes(impossibleStep) && defects.push(line));
  const gateway = await createGateway({
    link,
    plan: planFor(options),
    keys: { findByHash: () => null, neverOwn: () => options.neverOwn === true },
    spent: options.spent ?? [],
    pull: options.pull ?? null,
    recorded: (record) => void options.records?.push(record),
    storeHealth: () => options.storeHealth ?? wellStore,
    log: pino({ level: "error" }, { write }),
    tracing: null,
    home: tmpdir(),
    version: "0.0.0-test",
    timing: { ...quick, ...options.timing },
  });
  options.routes?.(gateway.app, gateway.auth);
  const origin = await gateway.app.listen({ host: options.address ?? "127.0.0.1", port: 0 });
  return { ...gateway, origin, client: new HearthClient(origin) };
}

/** A real HTTP server as an engine. */
export interface StubEngine {
  origin: string;
  /** Requests that came, oldest first. */
  seen: { request: IncomingMessage; response: ServerResponse; body: Buffer }[];
  close(): void;
}

async function stub(answer: (body: Buffer, ...exchange: Parameters<RequestListener>) => void): Promise<StubEngine> {
  const seen: StubEngine["seen"] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    seen.push({ request, response, body });
    answer(body, request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: `http://127.0.0.1:${port}`, seen, close };
}

export interface GatewayFixtures {
  serve: (link: TestLink, options?: ServeOptions) => Promise<Served>;
  stub: typeof stub;
}

/** Everything that a test starts here ends with it. */
export const test = base.extend<GatewayFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest finds a fixture's needs in this pattern
  serve: async ({}, use) => {
    const started: Served[] = [];
    const defects: string[] = [];
    await use(async (link, options = {}) => {
      const served = await serve(link, options, defects);
      started.push(served);
      return served;
    });
    for (const { app, client } of started) {
      await client.disconnect();
      await app.close();
    }
    expect(defects).toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest finds a fixture's needs in this pattern
  stub: async ({}, use) => {
    const started: StubEngine[] = [];
    await use(async (answer) => {
      const engine = await stub(answer);
      started.push(engine);
      return engine;
    });
    for (const engine of started) engine.close();
  },
});
