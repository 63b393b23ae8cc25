/** Values out of an answer whose shape is not to be trusted. */

/** All values at a path such as `choices.*.delta.content`, where `*` is each item of a list. */
export function pluck(value: unknown, path: string): unknown[] {
  return path.split(".").reduce<unknown[]>((values, part) => values.flatMap((each) => below(each, part)), [value]);
}

/** The texts at these paths, in their order. */
export function texts(value: unknown, paths: readonly string[]): string {
  return paths
    .flatMap((path) => pluck(value, path))
    .filter((found) => typeof found === "string")
    .join("");
}

function below(value: unknown, part: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  if (part === "*") return Array.isArray(value) ? value : [];
  return Object.hasOwn(value, part) ? [(value as Record<string, unknown>)[part]] : [];
}
