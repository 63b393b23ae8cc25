/** The ways to a relayed route: by its path, or with the model before it. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import type { RelayRoute } from "../dialects/api.ts";
import { modelInPath } from "../dialects/model-path.ts";
import { relayedAt } from "../dialects/relayed.ts";
import { splitUrl } from "../dialects/split-url.ts";
import { meantPath } from "./address.ts";
import { takePathKey } from "./credentials.ts";
import type { KnownRoutes } from "./known-routes.ts";

export interface Relay {
  /** `pathModel`: what the path names, percent-encoded as it came, which wins over the body's; or null. */
  handle(
    route: RelayRoute,
    pathModel: string | null,
    id: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): void;
}

/**
 * For the server: a framework's router, hooks and reply would cost the busiest routes a third of their speed. Whatever
 * it leaves to the framework has the path that is meant.
 */
export function relayListed(
  relay: Relay,
  known: KnownRoutes,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const relayed = (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== "POST") return false;
    const { path, query } = splitUrl(request.url!);
    const found = relayedAt(path, query);
    if (found === null) return false;
    relay.handle(found.route, found.model, randomUUID(), request, response);
    return true;
  };
  return (request, response) => {
    takePathKey(request);
    if (relayed(request, response)) return true;
    const { path } = splitUrl(request.url!);
    const meant = meantPath(request.method!, path, known);
    if (meant === path) return false;
    request.url = meant + request.url!.slice(path.length);
    return relayed(request, response);
  };
}

/** For Fastify, in a scope of its own: it must not read the body. */
export async function relayByModelPath(app: FastifyInstance, { relay }: { relay: Relay }): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_, __, done) => done(null));
  app.post("/v1/*", (request, reply) => {
    const { path } = splitUrl(request.raw.url!);
    const found = modelInPath(path);
    // A path that takes other methods is said to.
    if (found === null) return void reply.callNotFound();
    reply.hijack();
    relay.handle(found.route, found.model, request.id, request.raw, reply.raw);
  });
}
