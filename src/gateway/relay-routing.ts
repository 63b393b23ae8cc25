/** The two ways to a relayed route: the model in the body, or in the path. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { modelInPath } from "./model-path.ts";
import { unknownRoute } from "./not-found.ts";
import type { Relay } from "./relay/relay.ts";
import { relayRoutes } from "./relay-routes.ts";

const byPath = new Map(relayRoutes.map((route) => [route.path, route]));

/** For the server: a framework's router, hooks and reply would cost the busiest routes a third of their speed. */
export function relayByBody(relay: Relay): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (request.method !== "POST") return false;
    const route = byPath.get(pathOf(request.url!));
    if (route === undefined) return false;
    relay.handle(route, null, randomUUID(), request, response);
    return true;
  };
}

/** For Fastify, in a scope of its own: it must not read the body. */
export async function relayByPath(app: FastifyInstance, { relay }: { relay: Relay }): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_, __, done) => done(null));
  app.post("/v1/*", (request, reply) => {
    const path = pathOf(request.raw.url!);
    const found = modelInPath(path);
    if (found === null) throw unknownRoute("POST", path);
    reply.hijack();
    relay.handle(found.route, found.model, request.id, request.raw, reply.raw);
  });
}

function pathOf(url: string): string {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
}
