/**
 * Paths in which a name stands, and a query that has to be there: `/v1beta/models/{model}:stream?alt=sse`. A model's may
 * hold slashes, any other (`{id}`) none.
 */

export interface PathPattern {
  /** What stands before and behind the name. */
  before: string;
  after: string;
  slashes: boolean;
  /** Must be in the request's query; null where any will do. */
  query: [name: string, value: string] | null;
}

/** Null for a path without a name. */
export function pathPattern(written: string): PathPattern | null {
  const [path = "", query] = written.split("?");
  const [before = "", placeholder, after = ""] = path.split(/(\{[a-z]+\})/);
  if (placeholder === undefined) return null;
  const [name, value] = query?.split("=") ?? [];
  const slashes = placeholder === "{model}";
  return { before, after, slashes, query: name === undefined || value === undefined ? null : [name, value] };
}

/** What stands where the name should, percent-encoded as it came, or null. */
export function nameIn(path: string, { before, after, slashes }: PathPattern): string | null {
  if (!path.startsWith(before) || !path.endsWith(after) || path.length <= before.length + after.length) return null;
  const name = path.slice(before.length, path.length - after.length);
  return slashes || !name.includes("/") ? name : null;
}
