/** Paths in which a model may stand, and a query that has to be there: `/v1beta/models/{model}:stream?alt=sse`. */

export interface PathPattern {
  /** What stands before and behind the model. */
  before: string;
  after: string;
  /** Must be in the request's query; null where any will do. */
  query: [name: string, value: string] | null;
}

/** Null for a path without a model. */
export function pathPattern(written: string): PathPattern | null {
  const [path = "", query] = written.split("?");
  const [before = "", after] = path.split("{model}");
  if (after === undefined) return null;
  const [name, value] = query?.split("=") ?? [];
  return { before, after, query: name === undefined || value === undefined ? null : [name, value] };
}

/** What stands where the model should, percent-encoded as it came, or null. An id may hold slashes and colons. */
export function modelIn(path: string, { before, after }: PathPattern): string | null {
  if (!path.startsWith(before) || !path.endsWith(after) || path.length <= before.length + after.length) return null;
  return path.slice(before.length, path.length - after.length);
}
