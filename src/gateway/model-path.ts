/** `/v1/{model}/chat/completions`: the model in the path, its slashes percent-encoded or not. */
import { Problem } from "../domain/problem.ts";
import { type RelayRoute, relayRoutes } from "./relay-routes.ts";

/** First words of routes: no model can be called so in a path. */
const reserved = new Set([
  ...relayRoutes.map(({ path }) => path.replace(/^\/v1\//, "/").split("/")[1]),
  "api",
  "debug",
  "ensure",
  "hearth",
  "messages",
  "models",
  "v1",
]);

const bySuffix = relayRoutes.map((route) => ({ route, suffix: route.path.replace(/^\/v1\//, "/") }));

/**
 * What a POST below `/v1/` that is no route of its own asks for, or null where it names no route at all.
 * Throws a Problem where the model's part cannot be a model.
 */
export function modelInPath(path: string): { model: string; route: RelayRoute } | null {
  const found = bySuffix.find(({ suffix }) => path.endsWith(suffix) && path.length > "/v1/".length + suffix.length);
  if (found === undefined) return null;
  const model = decoded(path.slice("/v1/".length, -found.suffix.length));
  if (reserved.has(model.split("/")[0] ?? "")) {
    throw new Problem(
      "route_not_found",
      `"${model}" is the name of a route, not of a model. Did you mean POST ${found.route.path}?`,
    );
  }
  return { model, route: found.route };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Problem("invalid_request", `"${part}" in the path is not valid percent-encoding.`);
  }
}
