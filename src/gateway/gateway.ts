/** The gateway put together: everything that clients speak HTTP to. */
import { randomUUID } from "node:crypto";
import fastifyCors from "@fastify/cors";
import Fastify, { type FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { KeyConfig } from "../config/types.ts";
import type { KeyGauges } from "../domain/limits/key-limits.ts";
import type { OpenRequestView } from "../domain/open-request.ts";
import type { RequestRecord } from "../domain/request-record.ts";
import type { StoreHealth } from "../domain/store-health.ts";
import type { Link } from "../link/link.ts";
import { createRelay } from "./accept.ts";
import { BodyBudget } from "./body/budget.ts";
import type { PullModel } from "./dialects/api.ts";
import { LargeBodies } from "./fit/threads/large-bodies.ts";
import { type Auth, createAuth, type KeySource } from "./http/auth.ts";
import { refuseBrokenRequest } from "./http/broken-request.ts";
import { type Cors, createCors, exposedHeaders, refusedOrigin } from "./http/cors.ts";
import { answerProblems } from "./http/error-handler.ts";
import { createHosts, type Hosts } from "./http/hosts.ts";
import { AllKeyLimits, type Spent } from "./http/key-limits.ts";
import { KnownRoutes } from "./http/known-routes.ts";
import { answerUnknownRoutes } from "./http/not-found.ts";
import { type Relay, relayByModelPath, relayListed } from "./http/routing.ts";
import { letConnectionsGo, serverFactory } from "./http/server.ts";
import { refuseWhenStopping, Stopping } from "./http/stopping.ts";
import { WrongKeys } from "./http/wrong-keys.ts";
import { createKept } from "./kept/kept.ts";
import { createModelIndex } from "./models/index.ts";
import { createMemoryHistory } from "./observe/memory-history.ts";
import { createMetrics, type Metrics } from "./observe/metrics.ts";
import type { RecordListener } from "./observe/records.ts";
import type { Tracing } from "./observe/tracing.ts";
import type { GatewayPlan } from "./plan.ts";
import { Sweeper } from "./relay/sweep.ts";
import { apiRoutes } from "./routes/api-routes.ts";
import { debugRoutes } from "./routes/debug.ts";
import { healthRoutes } from "./routes/health.ts";
import { sessionRoutes } from "./routes/session.ts";
import { type Timing, timing as usualTiming } from "./settings.ts";
import { Engines } from "./upstream/engines.ts";

export interface GatewayOptions {
  link: Link;
  plan: GatewayPlan;
  /** Keys beside those of the plan. */
  keys: KeySource;
  /** Tokens that keys have used this month, before this start. */
  spent: Spent[];
  /** How the writing of what outlives a run goes. */
  storeHealth: () => StoreHealth;
  /** Hears of each relayed request that is over: served, refused or left. */
  recorded: RecordListener;
  /** Null where the weights are elsewhere. */
  pull: PullModel | null;
  /** Hears of each request from its begin to its end; null where nobody collects traces. */
  tracing: Tracing | null;
  log: Logger;
  /** HEARTH_HOME, of whose disk the metrics tell. */
  home: string;
  version: string;
  /** Tests shorten it. */
  timing?: Timing;
}

interface People {
  gauges(key: KeyConfig): KeyGauges;
  /** Requests that wait or are answered, the oldest first: of the key of this name, or of all. */
  open(key?: string): OpenRequestView[];
}

export interface Gateway {
  /**
   * Ready to listen. Routes may be added until then; those that only some may use take a hook of `auth`:
   * `app.get(path, { onRequest: gateway.auth.requireAdmin }, handler)`, or for a whole scope
   * `scope.addHook("onRequest", gateway.auth.requireAdmin)`; the key is `request.key` afterwards. A Problem that
   * a handler throws becomes its answer. `app.close()` ends the gateway, once the running answers are over.
   */
  app: FastifyInstance;
  auth: Auth;
  /** Who uses it now, and how much of what they may. */
  people: People;
  /** What requests' bodies take of memory. */
  bodies: Pick<BodyBudget, "held">;
  /** Aborted, with a Problem (`shutting_down`) as its reason, from the beginning of its end. */
  stopping: AbortSignal;
  /** Takes effect for the next request; running ones go on as they began. Cannot fail. */
  apply(plan: GatewayPlan): void;
  /**
   * The beginning of an orderly end. From now on it is not ready and takes nothing new, and who waits is told. Resolves
   * when no answer runs any more; those that still do after `graceMs`, or once there is a hurry, end with an error.
   */
  drain(graceMs: number, hurry: AbortSignal): Promise<void>;
}

export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { link, plan, keys, spent, storeHealth, pull, tracing, log, home, version, timing = usualTiming } = options;
  const settings = { ...plan.settings };
  let { unserved } = plan;
  const cors = createCors(plan.origins);
  const hosts = createHosts(plan.hosts);
  const auth = createAuth({ stored: keys, cors, wrongKeys: new WrongKeys(log) }, plan);
  const limits = new AllKeyLimits(spent);
  const metrics = createMetrics({ link, storeHealth, home, version, byKey: () => settings.metricsKeys });
  const models = createModelIndex(
    link,
    () => settings.virtual,
    () => unserved,
  );
  const history = createMemoryHistory(link);
  const engines = new Engines();
  const sweeper = new Sweeper(timing.sweepMs);
  const stopping = new Stopping();
  const kept = createKept(settings);
  const recorded = listenersOf(options, metrics);
  const bodies = new BodyBudget(settings);
  const shared = { link, auth, bodies, models, engines, settings, kept };
  const largeBodies = new LargeBodies();
  const relay = createRelay({
    ...shared,
    limits,
    largeBodies,
    cors,
    metrics,
    recorded,
    sweeper,
    ...{ stopping, timing, tracing, log },
  });

  const app = createApp(hosts, relay, stopping, log);
  await allowOrigins(app, cors);
  healthRoutes(app, { link, auth, metrics, storeHealth, stopping, settings, version });
  const startedAt = Math.floor(Date.now() / 1000);
  await app.register(apiRoutes, { ...shared, pull, log, version, startedAt });
  await app.register(debugRoutes, { link, auth, models, history, settings, stopping });
  await app.register(sessionRoutes, { auth });
  await app.register(relayByModelPath, { relay });
  app.addHook("onClose", async () => {
    kept.close();
    metrics.close();
    history.close();
    await Promise.all([engines.close(), largeBodies.close()]);
  });

  return {
    app,
    auth,
    people: peopleOf(limits, sweeper),
    bodies,
    apply(next) {
      Object.assign(settings, next.settings);
      cors.setOrigins(next.origins);
      hosts.setNames(next.hosts);
      auth.apply(next);
      unserved = next.unserved;
      models.forget();
    },
    stopping: stopping.signal,
    drain: (graceMs, hurry) => drain(stopping, sweeper, AbortSignal.any([AbortSignal.timeout(graceMs), hurry])),
  };
}

async function drain(stopping: Stopping, sweeper: Sweeper, enough: AbortSignal): Promise<void> {
  stopping.begin();
  await sweeper.emptied(enough);
  stopping.over = true;
  await sweeper.emptied();
}

function peopleOf(limits: AllKeyLimits, { members }: Sweeper): People {
  return {
    gauges: (key) => limits.gauges(key),
    open(name) {
      const all = [...members].map((member) => member.view());
      return name === undefined ? all : all.filter(({ key }) => key === name);
    },
  };
}

/** Who hears of each request that is over. */
function listenersOf({ log, recorded, tracing }: GatewayOptions, metrics: Metrics): RecordListener[] {
  const logged = (record: RequestRecord) => log.debug(record, "request");
  return [metrics.finished, logged, recorded, ...(tracing === null ? [] : [tracing.finished])];
}

/** What holds for every route. */
function createApp(hosts: Hosts, relay: Relay, stopping: Stopping, log: Logger): FastifyInstance {
  const known = new KnownRoutes();
  const app = Fastify({
    serverFactory: serverFactory(hosts, relayListed(relay, known)),
    clientErrorHandler: refuseBrokenRequest,
    frameworkErrors: (error, request, reply) => void answerProblems(log)(error, request, reply),
    genReqId: () => randomUUID(),
    // A model's id in the path: 200 characters, each of which may be percent-encoded.
    routerOptions: { maxParamLength: 600 },
  });
  app.decorateRequest("key", null);
  app.addHook("onRequest", async ({ id }, reply) => void reply.header("x-request-id", id));
  app.setErrorHandler(answerProblems(log));
  letConnectionsGo(app);
  refuseWhenStopping(app, stopping);
  answerUnknownRoutes(app, known);
  return app;
}

/** For the routes of Fastify; relayed answers carry the same headers by themselves. */
async function allowOrigins(app: FastifyInstance, cors: Cors): Promise<void> {
  app.addHook("onRequest", async ({ method, headers }) => {
    const { origin, "access-control-request-method": asks } = headers;
    if (method === "OPTIONS" && asks !== undefined && origin !== undefined && !cors.allows(origin)) {
      throw refusedOrigin(origin);
    }
  });
  await app.register(fastifyCors, {
    origin: (origin, decide) => decide(null, cors.allows(origin)),
    methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    exposedHeaders,
    maxAge: 600,
  });
}
