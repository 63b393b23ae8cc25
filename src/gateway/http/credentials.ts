/**
 * Where a client's key can stand. One list for both questions: from here a key is read, and from here nothing ever
 * reaches an engine.
 */
import type { IncomingMessage } from "node:http";
import { splitUrl } from "../dialects/split-url.ts";

/** Each header with what of its value may be the key, the likeliest first. */
export const credentialHeaders: ReadonlyMap<string, (value: string) => string[]> = new Map([
  ["authorization", ofAuthorization],
  ["x-api-key", whole],
  ["api-key", whole],
  ["x-goog-api-key", whole],
]);

/** Parameters of the query. Google's clients can be told to use no other place. */
export const credentialQueries: ReadonlySet<string> = new Set(["key"]);

/** Keys that stood in paths, by request: of a path nothing is left that could be written anywhere. */
const pathKeys = new WeakMap<object, string>();

/**
 * `/k/KEY/v1/chat/completions` becomes `/v1/chat/completions`, and the key one that is presented: for clients that can be told an
 * address and nothing else. Before anything else looks at the address.
 */
export function takePathKey(request: Pick<IncomingMessage, "url">): void {
  const [, key, rest = ""] = /^\/+k\/([^/?]+)(.*)$/s.exec(request.url ?? "") ?? [];
  if (key === undefined) return;
  request.url = rest.startsWith("/") ? rest : `/${rest}`;
  pathKeys.set(request, decoded(key));
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

type Asking = Pick<IncomingMessage, "headers" | "url">;

/** What a request presents as its key; several where a client fills more than one place. */
export function presentedKeys(request: Asking): string[] {
  const { headers, url = "" } = request;
  // First: who writes a key into an address means it, while others come from defaults.
  const found = [pathKeys.get(request) ?? ""];
  for (const [name, read] of credentialHeaders) {
    const value = headers[name];
    if (typeof value === "string") found.push(...read(value));
  }
  const { query: text } = splitUrl(url);
  if (text !== "") {
    const query = new URLSearchParams(text);
    // The first of a name alone: each key that is tried costs a look into the store.
    for (const name of credentialQueries) found.push(query.get(name) ?? "");
  }
  return found.filter((key) => key !== "");
}

/** A query (without its `?`) with its keys taken out, every other byte as it was. */
export function withoutKeys(query: string): string {
  if (query === "") return query;
  const isKey = (part: string) => [...new URLSearchParams(part).keys()].some((name) => credentialQueries.has(name));
  return query
    .split("&")
    .filter((part) => !isKey(part))
    .join("&");
}

function whole(value: string): string[] {
  return [value.trim()];
}

/** RFC 6750 (Bearer), RFC 7617 (Basic: the key as password or as user), or the key alone. */
function ofAuthorization(value: string): string[] {
  const space = value.indexOf(" ");
  // A client whose field for the key is empty sends the scheme alone.
  if (space < 0) return /^(?:bearer|basic)$/i.test(value) ? [] : [value];
  const scheme = value.slice(0, space).toLowerCase();
  const rest = value.slice(space + 1).trim();
  if (scheme === "bearer") return [rest];
  if (scheme !== "basic") return [];
  const text = Buffer.from(rest, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? [text] : [text.slice(colon + 1), text.slice(0, colon)];
}
