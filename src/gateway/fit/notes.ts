/** What a client is told of a call beside the names of its fixups. */

/** More are not named. */
const mostNames = 20;
const longestName = 60;

/** `left-out=web_search`; none where there is nothing to say. Kinds are the client's own words, and may be anything. */
export function note(what: "parameters" | "left-out" | "replaced", kinds: readonly string[]): string[] {
  const names = new Set(kinds.map((kind) => kind.replace(/[^\w.-]/g, "_").slice(0, longestName)));
  return names.size === 0 ? [] : [`${what}=${[...names].slice(0, mostNames).join("+")}`];
}
