/** Which headers pass the gateway. Hop-by-hop ones never do, and a client's secrets never reach an engine. */
import type { IncomingHttpHeaders } from "node:http";
import type { Grant } from "../../link/link.ts";

const hopByHop = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

const keptFromEngine = new Set([
  ...hopByHop,
  // A stream may have begun uncompressed, with waiting comments.
  "accept-encoding",
  "authorization",
  "api-key",
  "content-length",
  "cookie",
  "expect",
  "host",
  "origin",
  "prefer",
  "x-api-key",
  "x-goog-api-key",
  "x-request-id",
]);

/** `server` and `date` are this server's own business, and so is who may call it from a browser. */
const keptFromClient = new Set([
  ...hopByHop,
  "access-control-allow-credentials",
  "access-control-allow-origin",
  "access-control-expose-headers",
  "date",
  "server",
  "set-cookie",
  "x-request-id",
]);

/** A flat list of names and values for the engine. `json`: the body is JSON, whatever the client called it. */
export function requestHeaders(
  headers: IncomingHttpHeaders,
  grant: Pick<Grant, "apiKey">,
  id: string,
  json: boolean,
): string[] {
  const named = namedByConnection(headers.connection);
  const list: string[] = ["x-request-id", id];
  if (grant.apiKey !== null) list.push("authorization", `Bearer ${grant.apiKey}`);
  for (const name in headers) {
    if (keptFromEngine.has(name) || named?.has(name) === true) continue;
    if (json && name === "content-type") continue;
    const value = headers[name];
    if (typeof value === "string") list.push(name, value);
  }
  if (json) list.push("content-type", "application/json");
  return list;
}

/** Appends what the engine said to `list`, a flat list of names and values. */
export function responseHeaders(headers: IncomingHttpHeaders, list: string[]): string[] {
  const named = namedByConnection(headers.connection);
  for (const name in headers) {
    if (keptFromClient.has(name) || named?.has(name) === true) continue;
    const value = headers[name];
    if (typeof value === "string") list.push(name, value);
    else if (value !== undefined) for (const one of value) list.push(name, one);
  }
  return list;
}

/** `Connection` may name more headers that are for this hop only. */
function namedByConnection(connection: string | undefined): Set<string> | null {
  if (connection === undefined || connection === "keep-alive" || connection === "close") return null;
  return new Set(connection.toLowerCase().split(/\s*,\s*/));
}
