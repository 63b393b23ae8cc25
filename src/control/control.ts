/** The control API: what only an operator may see and do. A route is a value in routes/; this table names the files. */
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import type { Logger } from "pino";
import { Problem } from "../domain/problem.ts";
import type { ControlContext } from "./context.ts";
import { answerError } from "./error-answer.ts";
import { checked, parsedBody } from "./input.ts";
import { liveEvents } from "./live-events.ts";
import { openApiDocument } from "./openapi.ts";
import type { Route } from "./route.ts";
import { auditRoutes } from "./routes/audit.ts";
import { catalogRoutes } from "./routes/catalog.ts";
import { eventRoutes } from "./routes/events.ts";
import { invitationRoutes } from "./routes/invitations.ts";
import { keyRoutes } from "./routes/keys.ts";
import { logRoutes } from "./routes/logs.ts";
import { meRoutes } from "./routes/me.ts";
import { modelRoutes } from "./routes/models.ts";
import { requestRoutes } from "./routes/requests.ts";
import { stateRoutes } from "./routes/state.ts";
import { usageRoutes } from "./routes/usage.ts";
import { weightsRoutes } from "./routes/weights.ts";

export interface ControlOptions extends Omit<ControlContext, "live"> {
  /** Hears of everything that is done here, and by whom. */
  log: Pick<Logger, "info">;
  /** Rejects with a Problem unless the request carries an admin key. */
  requireAdmin: Guard;
  /** Rejects with a Problem unless the request carries a key that may use models. */
  requireKey: Guard;
}

/** Says who asks: `request.key`. */
type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export const controlPrefix = "/hearth/v1";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Of a route of the control API. */
    access?: Route["access"];
  }
}

const tables: ((context: ControlContext) => Route[])[] = [
  stateRoutes,
  eventRoutes,
  modelRoutes,
  catalogRoutes,
  logRoutes,
  keyRoutes,
  invitationRoutes,
  requestRoutes,
  usageRoutes,
  meRoutes,
  auditRoutes,
  weightsRoutes,
];

const bodyLimitBytes = 64 * 1024;

/** Registers the routes below `/hearth/v1`, in a scope of their own. Call it before the server listens. */
export function registerControl(app: FastifyInstance, options: ControlOptions): void {
  app.register(
    async (scope) => {
      const closing = new AbortController();
      // Streams would keep the server from closing.
      scope.addHook("preClose", async () => closing.abort());
      const routes = routesOf(options);
      scope.setErrorHandler(answerError);
      scope.addHook("onRequest", (request, reply) =>
        (request.routeOptions.config.access === "user" ? options.requireKey : options.requireAdmin)(request, reply),
      );
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser("*", { parseAs: "string", bodyLimit: bodyLimitBytes }, (_request, body, done) =>
        done(null, body),
      );
      const done = auditor(options);
      for (const route of routes) serve(scope, route, closing.signal, done);
      const document = openApiDocument(routes, { prefix: controlPrefix, version: options.version });
      scope.get("/openapi.json", { exposeHeadRoute: false }, () => document);
      refuseTheRest(scope, [...routes, { method: "GET", path: "/openapi.json" }]);
    },
    { prefix: controlPrefix },
  );
}

function routesOf(options: ControlOptions): Route[] {
  const context: ControlContext = { ...options, live: liveEvents(options.link) };
  return tables.flatMap((table) => table(context));
}

const urlOf = (path: string) => path.replaceAll(/\{(\w+)\}/g, ":$1");

function serve(scope: FastifyInstance, route: Route, closing: AbortSignal, done: Done): void {
  const status = Number(Object.keys(route.answers)[0]);
  scope.route({
    method: route.method,
    url: urlOf(route.path),
    exposeHeadRoute: false,
    config: { access: route.access },
    handler: async (request, reply) => {
      const params = route.params && checked(route.params, request.params, "path");
      const query = route.query && checked(route.query, request.query, "query");
      const body = route.body && checked(route.body, parsedBody(request.body, request.headers["content-type"]), "body");
      reply.code(status);
      const gone = AbortSignal.any([closing, closed(reply)]);
      const answer = await route.run({ params, query, body, request, reply, gone });
      if (route.method !== "GET") done(route, request, { ...(params as object), ...(body as object) });
      return answer;
    },
  });
}

type Done = (route: Route, request: FastifyRequest, asked: Record<string, unknown>) => void;

/** Tells the log, and keeps it. What the schemas of routes let through is no secret: names, ids, roles, limits. */
function auditor({ audit, log }: Pick<ControlOptions, "audit" | "log">): Done {
  return ({ id: act }, { key, id: request, ip: address }, { name, id, ...details }) => {
    const by = key?.name ?? "";
    const target = String(name ?? id ?? "") || null;
    log.info({ by, id: request, act, on: target }, "done by an administrator");
    audit.add({ at: Date.now() / 1000, by, address, act, target, details, request });
  };
}

/** Aborted when the connection is gone; also after a whole answer, when nobody listens any more. */
function closed({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once("close", () => controller.abort());
  return controller.signal;
}

const methods: HTTPMethods[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** Other methods, and paths that are not there. */
function refuseTheRest(scope: FastifyInstance, routes: readonly Pick<Route, "method" | "path">[]): void {
  for (const [path, same] of Map.groupBy(routes, (route) => route.path)) {
    const allowed = same.map((route) => route.method as string);
    scope.route({
      method: methods.filter((method) => !allowed.includes(method)),
      url: urlOf(path),
      config: { refuses: true },
      handler: (request, reply) => {
        reply.header("allow", allowed.join(", "));
        const message = `${request.method} does not fit this route. It takes ${allowed.join(" and ")}.`;
        throw new Problem("method_not_allowed", message);
      },
    });
  }
  scope.setNotFoundHandler((request) => {
    const [path] = request.url.split("?");
    throw new Problem(
      "route_not_found",
      `There is no route ${path}. ${controlPrefix}/openapi.json describes those that exist.`,
    );
  });
}
