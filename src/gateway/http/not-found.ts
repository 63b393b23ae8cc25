/** What is said to a request that no route takes: another method, a model's name where none can be, or nothing at all. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "../../domain/problem.ts";
import { fixedPaths } from "../dialects/relayed.ts";
import { notServed } from "./not-served.ts";

/** Call it before the first route is registered: it has to hear of all of them. */
export function answerUnknownRoutes(app: FastifyInstance): void {
  const methods = new Map([...fixedPaths.keys()].map((path) => [path, new Set(["POST"])]));
  const patterns: { matches: RegExp; methods: Set<string> }[] = [];

  app.addHook("onRoute", ({ url, method }) => {
    // What takes everything says nothing about a path: the console's pages, the model in the path, preflights.
    if (url === "*" || url === "/*" || url === "/v1/*") return;
    const known = methods.get(url) ?? new Set();
    methods.set(url, known);
    for (const one of [method].flat()) known.add(one);
    if (/[:*]/.test(url)) patterns.push({ matches: asPattern(url), methods: known });
  });

  // Before a body is read: what is wrong with that is beside the point.
  app.addHook("preParsing", async (request, reply) => {
    if (request.is404) refuse(request, reply);
  });
  app.setNotFoundHandler(refuse);

  function refuse(request: FastifyRequest, reply: FastifyReply): never {
    const path = request.url.split("?", 1)[0] ?? "";
    const allowed = methods.get(path) ?? patterns.find(({ matches }) => matches.test(path))?.methods;
    if (allowed === undefined || allowed.has(request.method)) {
      throw notServed(request.method, path) ?? unknownRoute(request.method, path);
    }
    const list = [...allowed].join(", ");
    reply.header("allow", list);
    throw new Problem("method_not_allowed", `${path} takes ${list}, not ${request.method}.`);
  }
}

export function unknownRoute(method: string, path: string): Problem {
  const shown = path.length > 200 ? `${path.slice(0, 200)}...` : path;
  return new Problem("route_not_found", `There is no ${method} ${shown} here. See docs/http.md for the routes.`);
}

function asPattern(url: string): RegExp {
  const source = url.split(/(:[^/]+|\*)/).map((part) => {
    if (part === "*") return ".*";
    return part.startsWith(":") ? "[^/]+" : RegExp.escape(part);
  });
  return new RegExp(`^${source.join("")}$`);
}
