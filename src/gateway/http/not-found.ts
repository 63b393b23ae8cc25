/** What is said to a request that no route takes: another method, a model's name where none can be, or nothing at all. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "../../domain/problem.ts";
import { nearestPath } from "./address.ts";
import type { KnownRoutes } from "./known-routes.ts";
import { notServed } from "./not-served.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route is there to say which methods its path has: it is none of them. */
    refuses?: true;
  }
}

/** Call it before the first route is registered: `known` has to hear of all of them. */
export function answerUnknownRoutes(app: FastifyInstance, known: KnownRoutes): void {
  app.addHook("onRoute", ({ url, method, config }) => {
    if (config?.refuses === true) return;
    // What takes everything says nothing about a path: the console's pages, the model in the path, preflights.
    if (url !== "*" && url !== "/*" && url !== "/v1/*") known.add(url, [method].flat());
  });

  // Before a body is read: what is wrong with that is beside the point.
  app.addHook("preParsing", async (request, reply) => {
    if (request.is404) refuse(request, reply);
  });
  app.setNotFoundHandler(refuse);

  function refuse({ method, url }: FastifyRequest, reply: FastifyReply): never {
    const path = url.split("?", 1)[0] ?? "";
    const allowed = known.methodsOf(path);
    if (allowed.size === 0 || allowed.has(method)) {
      throw notServed(method, path) ?? unknownRoute(method, path, nearestPath(method, path, known));
    }
    const list = [...allowed].join(", ");
    reply.header("allow", list);
    throw new Problem("method_not_allowed", `${path} takes ${list}, not ${method}.`);
  }
}

/** `nearest`: what may have been meant, or null. */
export function unknownRoute(method: string, path: string, nearest: string | null): Problem {
  const shown = path.length > 200 ? `${path.slice(0, 200)}...` : path;
  const hint = nearest === null ? "" : ` Did you mean ${method} ${nearest}?`;
  return new Problem("route_not_found", `There is no ${method} ${shown} here.${hint} See docs/http.md for the routes.`);
}
