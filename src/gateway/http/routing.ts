/** The ways to a relayed route: by its path, or with the model before it. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import type { RelayRoute } from "../dialects/api.ts";
import { modelInPath } from "../dialects/model-path.ts";
import { relayedAt } from "../dialects/relayed.ts";
import { splitUrl } from "../dialects/split-url.ts";

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

/** For the server: a framework's router, hooks and reply would cost the busiest routes a third of their speed. */
export function relayListed(relay: Relay): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (request.method !== "POST") return false;
    const { path, query } = splitUrl(request.url!);
    const found = relayedAt(path, query);
    if (found === null) return false;
    relay.handle(found.route, found.model, randomUUID(), request, response);
    return true;
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
