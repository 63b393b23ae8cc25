/** Which headers pass the gateway. Hop-by-hop ones never do, and a client's secrets never reach an engine. */
import type { IncomingHttpHeaders } from "node:http";
import type { Grant } from "../../link/link.ts";
import { credentialHeaders } from "../http/credentials.ts";

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
  ...credentialHeaders.keys(),
  // A stream may have begun uncompressed, with waiting comments.
  "accept-encoding",
  "content-length",
  "cookie",
  "expect",
  "host",
  "origin",
  "prefer",
  "referer",
  "x-request-id",
  // Who the client is, and which way it came.
  "forwarded",
  "from",
  "via",
]);

/** `x-forwarded-for` and its family, and what proxies of Cloudflare, Tailscale and others say of people. */
const ofProxies =
  /^(x-forwarded|x-original|cf|tailscale)-|(^|-)(client-?ip|real-ip|user-ip|remote-(ip|addr|user)|external-address)$/;
/** Keys that are for other vendors, under whatever name the next one has for them. */
const secret = /(^|[-_])(api[-_]?key|key|token|secret|auth|authorization|password|credentials?)$/;

/** Clients send the same few names with every request. No more are remembered: names can be made up without end. */
const judged = new Map<string, boolean>();
const mostJudged = 500;

function mayReachEngine(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const may = !keptFromEngine.has(name) && !ofProxies.test(name) && !secret.test(name);
  if (judged.size < mostJudged) judged.set(name, may);
  return may;
}

/** What this server itself has to say, and what would tell a browser what to do with this server. */
const keptFromClient = new Set([
  ...hopByHop,
  "alt-svc",
  "clear-site-data",
  "content-security-policy",
  "date",
  "link",
  "location",
  "nel",
  "refresh",
  "report-to",
  "server",
  "service-worker-allowed",
  "set-cookie",
  "strict-transport-security",
  "www-authenticate",
  "x-request-id",
]);

function mayReachClient(name: string): boolean {
  return !keptFromClient.has(name) && !name.startsWith("access-control-") && !name.startsWith("x-hearth-");
}

/**
 * A flat list of names and values for the engine. `json`: the body is JSON, whatever the client called it. `traceparent`:
 * what the engine is told in place of the client's; null where nobody traces.
 */
export function requestHeaders(
  headers: IncomingHttpHeaders,
  grant: Pick<Grant, "apiKey">,
  id: string,
  json: boolean,
  traceparent: string | null = null,
): string[] {
  const named = namedByConnection(headers.connection);
  const list: string[] = ["x-request-id", id];
  if (traceparent !== null) list.push("traceparent", traceparent);
  if (grant.apiKey !== null) list.push("authorization", `Bearer ${grant.apiKey}`);
  for (const name in headers) {
    if (!mayReachEngine(name) || named?.has(name) === true) continue;
    if (json && name === "content-type") continue;
    if (traceparent !== null && name === "traceparent") continue;
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
    if (!mayReachClient(name) || named?.has(name) === true) continue;
    const value = headers[name];
    if (typeof value === "string") list.push(name, value);
    else if (value !== undefined) for (const one of value) list.push(name, one);
  }
  return list;
}

/** `Connection` may name more headers that are for this hop only. */
function namedByConnection(connection: string | undefined): Set<string> | null {
  if (connection === undefined || connection === "keep-alive" || connection === "close") return null;
  return new Set(
    connection
      .toLowerCase()
      .split(",")
      .map((name) => name.trim()),
  );
}
