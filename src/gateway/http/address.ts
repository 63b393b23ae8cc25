/**
 * Addresses as people type them. A client puts its paths behind an address that somebody has written into a field: with
 * `/v1` or without, with another vendor's prefix, with a slash too many, or as the whole URL of a route. One rule finds
 * the route that is meant: the words before it are taken away, one after the other.
 */
import { isModelPath } from "../dialects/model-path.ts";
import type { KnownRoutes } from "./known-routes.ts";

/** Words that only say whose API is spoken. The models of Azure's stand behind `deployments`. */
const prefixes = ["api", "v1", "v1beta", "openai", "anthropic", "ollama", "deployments", "engines"];
/** Those of them with which paths of ours begin. */
const ours = new Set(["api", "v1", "v1beta"]);
/** With the words of routes that are written into the field together with the address. */
const words = new Set([...prefixes, "chat", "completions", "messages", "responses", "embeddings"]);
const leading = new RegExp(`^(?:/(?:${prefixes.join("|")})(?=/))+`, "i");

/** The path that is meant, or `path` without superfluous slashes where none is found. */
export function meantPath(method: string, path: string, known: KnownRoutes): string {
  const tidy = path.replaceAll(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");
  if (known.has(tidy)) return tidy;
  const route = readings(tidy).find((reading) => known.has(reading));
  if (route !== undefined || method !== "POST" || isModelPath(tidy)) return route ?? tidy;
  const withModel = tidy.replace(leading, "/v1");
  return isModelPath(withModel) ? withModel : tidy;
}

/** A path of this method's that is written like one of the readings, or null. */
export function nearestPath(method: string, path: string, known: KnownRoutes): string | null {
  for (const reading of readings(path)) {
    const near = known.nearest(method, reading);
    if (near !== null) return near;
  }
  return null;
}

/** What `path` may mean, the likeliest first: words before a route say at most whose it is. */
function readings(path: string): string[] {
  const parts = path.split("/").slice(1);
  const found: string[] = [];
  let api: string | null = null;
  for (const [place, part] of parts.entries()) {
    const rest = `/${parts.slice(place).join("/")}`;
    found.push(rest);
    if (api !== null) found.push(`/${api}${rest}`);
    found.push(`/v1${rest}`);
    const word = part.toLowerCase();
    if (!words.has(word)) break;
    if (ours.has(word)) api = word;
  }
  return found;
}
