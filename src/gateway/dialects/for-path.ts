/** Which API a request belongs to: also a refusal speaks the language of the client's. */
import type { IncomingHttpHeaders } from "node:http";
import { apis } from "./apis.ts";
import type { Dialect } from "./dialect.ts";
import { localAt } from "./local.ts";
import { relayedAt } from "./relayed.ts";
import { splitUrl } from "./split-url.ts";

const territories = apis
  .flatMap(({ prefixes, dialect }) => prefixes.map((prefix) => ({ prefix, dialect })))
  // The longest first: `/v1/messages` lies within `/v1`.
  .sort((one, other) => other.prefix.length - one.prefix.length)
  .map(({ prefix, dialect }) => ({ matches: territory(prefix), dialect }));

export function dialectFor(method: string, url: string, headers: IncomingHttpHeaders): Dialect {
  const { path, query } = splitUrl(url);
  const relayed = relayedAt(path, query);
  if (relayed !== null) return relayed.route.dialect;
  const local = localAt(method, path, headers);
  if (local !== null) return local.api.dialect;
  return territories.find(({ matches }) => matches.test(path))?.dialect ?? apis[0]!.dialect;
}

/** Behind `/v1` the model may stand before the rest. */
function territory(prefix: string): RegExp {
  const [, rest] = /^\/v1\/(.+)$/.exec(prefix) ?? [];
  const begin = rest === undefined ? RegExp.escape(prefix) : `/v1/(?:.+/)?${RegExp.escape(rest)}`;
  return new RegExp(`^${begin}(?:/|$)`);
}
