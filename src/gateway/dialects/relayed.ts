/** Which relayed route of all APIs a path is. */
import type { RelayRoute } from "./api.ts";
import { apis } from "./apis.ts";
import type { ParameterWords } from "./parameter-words.ts";
import { namesIn, type PathPattern, pathPattern } from "./path-pattern.ts";

const names = new Map(apis.flatMap(({ name, relayed }) => relayed.map((route) => [route, name] as const)));

/** The API that a route belongs to, as people call it. */
export function apiOf(route: RelayRoute): string {
  return names.get(route)!;
}

export const relayRoutes: RelayRoute[] = apis.flatMap(({ relayed }) => relayed);

const byPath = new Map<string, RelayRoute>();
const byPattern: { pattern: PathPattern; route: RelayRoute }[] = [];
for (const route of relayRoutes) {
  for (const path of [route.path, ...(route.also ?? [])]) {
    const pattern = pathPattern(path);
    if (pattern === null) byPath.set(path, route);
    else byPattern.push({ pattern, route });
  }
}

/** Paths of relayed routes whose model stands in the body. */
export const fixedPaths: ReadonlyMap<string, RelayRoute> = byPath;

/**
 * The route of a path as it stands in the APIs' lists. `model`: what the path names, percent-encoded as it came; null
 * where the body does. `query`: without its `?`.
 */
export function relayedAt(path: string, query: string): { route: RelayRoute; model: string | null } | null {
  const fixed = byPath.get(path);
  if (fixed !== undefined) return { route: fixed, model: null };
  for (const { pattern, route } of byPattern) {
    const names = namesIn(path, pattern);
    if (names !== null && hasQuery(query, pattern)) return { route, model: names[0] };
  }
  return null;
}

function hasQuery(query: string, { query: wanted }: PathPattern): boolean {
  return wanted === null || new URLSearchParams(query).get(wanted[0]) === wanted[1];
}

/** Where OpenAI's parameters stand in the bodies of an engine's route; null where none are given. */
export function parameterWordsOn(path: string): ParameterWords | null {
  return byPath.get(path)?.parameterWords ?? null;
}
