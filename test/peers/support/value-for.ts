/**
 * A value that a JSON Schema accepts, as a model would fill it: numbers, and words that are no ASCII, are taken from what was
 * said, where there are any.
 */

type Schema = Record<string, unknown>;

/** `words`: the conversation. `root`: where `$ref` looks. */
export function valueFor(schema: Schema, words: string, root: Schema = schema): unknown {
  const { $ref: ref, enum: choices, const: only, type, anyOf, oneOf, allOf, default: usual } = schema;
  if (typeof ref === "string") return valueFor(referred(root, ref), words, root);
  if (only !== undefined) return only;
  if (Array.isArray(choices)) return choices[0];
  for (const alternatives of [anyOf, oneOf, allOf]) {
    if (Array.isArray(alternatives)) return valueFor(alternatives[0] as Schema, words, root);
  }
  switch (Array.isArray(type) ? type[0] : type) {
    case "integer":
    case "number":
      return Number(/\d+/.exec(words)?.[0] ?? 1);
    case "string":
      return typeof usual === "string" ? usual : (/[^ -~]+/.exec(words)?.[0] ?? "something");
    case "boolean":
      return true;
    case "null":
      return null;
    case "array":
      return [valueFor((schema.items ?? {}) as Schema, words, root)];
    default: {
      const properties = (schema.properties ?? {}) as Record<string, Schema>;
      return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, valueFor(one, words, root)]));
    }
  }
}

/** `#/$defs/name`. */
function referred(root: Schema, ref: string): Schema {
  return ref
    .replace(/^#\//, "")
    .split("/")
    .reduce<Schema>((inner, name) => (inner[name] ?? {}) as Schema, root);
}
