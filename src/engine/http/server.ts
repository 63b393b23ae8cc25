/** The engine's HTTP front: who may ask, in which form errors leave, and the routes, each a file of its own. */
import { createHash, timingSafeEqual } from "node:crypto";
import { type FastifyInstance, type FastifyReply, fastify } from "fastify";
import { chatRoute } from "../routes/chat.ts";
import { completionsRoute } from "../routes/completions.ts";
import { embeddingsRoute } from "../routes/embeddings.ts";
import { healthRoute } from "../routes/health.ts";
import { metricsRoute } from "../routes/metrics.ts";
import { modelsRoute } from "../routes/models.ts";
import { tokenizeRoutes } from "../routes/tokenize.ts";
import { ApiError, toApiError } from "./api-error.ts";
import type { Readiness } from "./route-context.ts";

export interface ServerOptions {
  key: string | null;
  readiness: () => Readiness;
}

const bodyLimitBytes = 32 * 1024 * 1024;
const routes = [healthRoute, modelsRoute, chatRoute, completionsRoute, embeddingsRoute, tokenizeRoutes, metricsRoute];

export function createServer({ key, readiness }: ServerOptions): FastifyInstance {
  const app = fastify({ bodyLimit: bodyLimitBytes, forceCloseConnections: true, logger: false });
  readJsonWhateverItIsCalled(app);
  if (key !== null) requireKey(app, key);
  app.setErrorHandler((error, _request, reply) => {
    if (reply.raw.destroyed) return reply;
    const known = toApiError(error);
    if (known.status === 500) console.error((error as Error).stack);
    return send(reply, known);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?")[0];
    return send(reply, new ApiError(404, "route_not_found", `There is no route ${request.method} ${path}.`));
  });
  const engine = () => {
    const state = readiness();
    if (state.phase === "ready") return state.engine;
    throw new ApiError(503, "model_loading", `The model is still loading (${state.percent} %).`);
  };
  for (const route of routes) route({ app, readiness, engine });
  return app;
}

/** Some clients call their JSON something else. */
function readJsonWhateverItIsCalled(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, JSON.parse(body as string));
    } catch (error) {
      done(new ApiError(400, "invalid_json", `The body is not JSON${placeOf(error as Error)}.`));
    }
  });
}

/** V8 quotes the text around the fault, which belongs to the prompt; its place is enough, where V8 tells it. */
function placeOf({ message }: Error): string {
  if (message.startsWith("Unexpected end")) return ": it ends too early";
  const place = /at position \d+( \(line \d+ column \d+\))?/.exec(message)?.[0];
  return place === undefined ? "" : ` (${place})`;
}

/** As vLLM's own: figures say nothing of anybody. */
const openRoutes: ReadonlySet<string> = new Set(["/health", "/metrics"]);

/** Digests have one length, so the comparison takes the same time for every wrong key. */
function requireKey(app: FastifyInstance, key: string): void {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const expected = digest(key);
  app.addHook("onRequest", async (request) => {
    if (openRoutes.has(request.routeOptions.url ?? "")) return;
    const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    if (timingSafeEqual(digest(given), expected)) return;
    throw new ApiError(401, "invalid_api_key", "The key of this engine is missing or wrong.");
  });
}

function send(reply: FastifyReply, error: ApiError): FastifyReply {
  if (error.status === 503) reply.header("retry-after", "1");
  return reply.status(error.status).send(error.body);
}
