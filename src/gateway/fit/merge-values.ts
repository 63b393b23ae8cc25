/** Two JSON values as one, objects key by key. Each returns the first itself where the second changes nothing of it. */
import { isDeepStrictEqual } from "node:util";
import { isObject, type JsonObject } from "../../domain/json-object.ts";

/** `over` where it says something. */
export function overlaid(under: unknown, over: unknown): unknown {
  if (isObject(under) && isObject(over)) return together(under, over, overlaid);
  return isDeepStrictEqual(under, over) ? under : over;
}

/** `there`, with what it leaves open; a null leaves it open. */
export function filled(there: unknown, otherwise: unknown): unknown {
  if (isObject(there) && isObject(otherwise)) return together(there, otherwise, filled);
  return there ?? otherwise;
}

function together(one: JsonObject, other: JsonObject, merge: typeof filled): JsonObject {
  const merged = Object.entries(other).map(([name, value]) => [name, merge(one[name], value)] as const);
  return merged.every(([name, value]) => value === one[name]) ? one : { ...one, ...Object.fromEntries(merged) };
}
