/**
 * Paths in which names stand, and a query that has to be there: `/v1beta/models/{model}:stream?alt=sse`. A model's may
 * hold slashes, any other (`/v1/conversations/{id}/items/{item}`) none.
 */

export interface PathPattern {
  before: string;
  /** What stands between two names; null where there is one alone. */
  between: string | null;
  after: string;
  slashes: boolean;
  /** Must be in the request's query; null where any will do. */
  query: [name: string, value: string] | null;
}

/** Null for a path without a name. */
export function pathPattern(written: string): PathPattern | null {
  const [path = "", query] = written.split("?");
  const [before = "", placeholder, next = "", second, end = ""] = path.split(/(\{[a-z]+\})/);
  if (placeholder === undefined) return null;
  const [name, value] = query?.split("=") ?? [];
  const around = second === undefined ? { between: null, after: next } : { between: next, after: end };
  const slashes = placeholder === "{model}";
  return { before, ...around, slashes, query: name === undefined || value === undefined ? null : [name, value] };
}

/** What stands where the names should, percent-encoded as it came, or null; the second is empty where there is none. */
export function namesIn(path: string, { before, between, after, slashes }: PathPattern): [string, string] | null {
  if (!path.startsWith(before) || !path.endsWith(after) || path.length <= before.length + after.length) return null;
  const named = path.slice(before.length, path.length - after.length);
  if (between === null) return slashes || !named.includes("/") ? [named, ""] : null;
  const [first = "", second = "", ...more] = named.split(between);
  return first === "" || second === "" || more.length > 0 || `${first}${second}`.includes("/") ? null : [first, second];
}
