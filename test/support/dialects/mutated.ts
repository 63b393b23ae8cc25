/** Bodies that are nearly right, for property tests: a valid one in which some places hold anything at all. */
import fc from "fast-check";

type Path = (string | number)[];

export function mutated(valid: object): fc.Arbitrary<Record<string, unknown>> {
  const paths = pathsIn(valid);
  const change = fc.tuple(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 3 }));
  return fc.array(change, { maxLength: 3 }).map((changes) => {
    const body = structuredClone(valid) as Record<string, unknown>;
    for (const [path, value] of changes) put(body, path, value);
    return body;
  });
}

function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [at];
  const below = Object.entries(value).flatMap(([key, inner]) =>
    pathsIn(inner, [...at, Array.isArray(value) ? Number(key) : key]),
  );
  return at.length === 0 ? below : [at, ...below];
}

/** Nothing where an earlier change took the place away. */
function put(body: unknown, path: Path, value: unknown): void {
  const parent = path.slice(0, -1).reduce((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], body);
  if (typeof parent === "object" && parent !== null) (parent as Record<string, unknown>)[path.at(-1)!] = value;
}
