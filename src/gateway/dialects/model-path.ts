/** `/v1/{model}/chat/completions`: the model in the path, its slashes percent-encoded or not. */
import { reservedIds } from "../../domain/model-id.ts";
import { Problem } from "../../domain/problem.ts";
import type { RelayRoute } from "./api.ts";
import { fixedPaths } from "./relayed.ts";

/** The longest first: `/api/embeddings` ends like `/embeddings`. */
const bySuffix = [...fixedPaths]
  .map(([path, route]) => ({ route, suffix: path.replace(/^\/v1\//, "/") }))
  .sort((one, other) => other.suffix.length - one.suffix.length);

/**
 * What a POST below `/v1/` that is no route of its own asks for, or null where it names no route at all. `model`: percent-encoded as it came.
 * Throws a Problem where the model's part cannot be a model.
 */
export function modelInPath(path: string): { model: string; route: RelayRoute } | null {
  const found = split(path);
  if (found === null) return null;
  const name = decodedModel(found.model);
  if (isReserved(name)) {
    throw new Problem(
      "route_not_found",
      `"${name}" is the name of a route, not of a model. Did you mean POST ${found.route.path}?`,
    );
  }
  return found;
}

/** A model can stand in it. */
export function isModelPath(path: string): boolean {
  const found = path.startsWith("/v1/") ? split(path) : null;
  return found !== null && !isReserved(found.model);
}

function split(path: string): { model: string; route: RelayRoute } | null {
  const found = bySuffix.find(({ suffix }) => path.endsWith(suffix) && path.length > "/v1/".length + suffix.length);
  return found === undefined ? null : { model: path.slice("/v1/".length, -found.suffix.length), route: found.route };
}

function isReserved(name: string): boolean {
  return reservedIds.has(name.split("/")[0] ?? "");
}

/** Throws a Problem (`invalid_request`). */
export function decodedModel(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Problem("invalid_request", `"${part}" in the path is not valid percent-encoding.`);
  }
}
