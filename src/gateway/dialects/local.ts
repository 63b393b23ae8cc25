/** Which route of all APIs that the gateway answers by itself a request is for. */
import type { IncomingHttpHeaders } from "node:http";
import type { Api, LocalRoute } from "./api.ts";
import { apis } from "./apis.ts";
import { namesIn, type PathPattern, pathPattern } from "./path-pattern.ts";

interface Place {
  api: Api;
  route: LocalRoute;
  path: string;
  pattern: PathPattern | null;
}

const places: Place[] = apis.flatMap((api) =>
  api.local.flatMap((route) =>
    [route.path, ...(route.also ?? [])].map((path) => ({ api, route, path, pattern: pathPattern(path) })),
  ),
);

/** For a router: each path once a method, its end a wildcard where a name stands, which may hold slashes. */
export const localPaths: { method: LocalRoute["method"]; url: string; open: boolean }[] = places
  .map(({ route, path, pattern }) => ({
    method: route.method,
    url: pattern === null ? path : `${pattern.before}*`,
    open: route.open === true,
  }))
  .filter((one, index, all) => index === all.findIndex(({ method, url }) => method === one.method && url === one.url));

export interface LocalMatch {
  api: Api;
  route: LocalRoute;
  /** What the path names, percent-encoded as it came; empty where it names nothing, or nothing more. */
  names: [string, string];
}

/** Of several APIs with the same path, the one whose clients say who they are, else the first. */
export function localAt(method: string, path: string, headers: IncomingHttpHeaders): LocalMatch | null {
  const found = places.flatMap(({ api, route, path: own, pattern }): LocalMatch[] => {
    if (route.method !== method) return [];
    if (pattern === null) return own === path ? [{ api, route, names: ["", ""] }] : [];
    const names = namesIn(path, pattern);
    return names === null ? [] : [{ api, route, names }];
  });
  return found.find(({ api }) => api.clientHeader !== null && api.clientHeader in headers) ?? found[0] ?? null;
}
