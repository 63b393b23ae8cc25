/** A JSON Schema that is neither true nor false. */
export type Schema = Record<string, unknown>;

export function isSchema(node: unknown): node is Schema {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}

export const jsonTypes = ["object", "array", "string", "number", "boolean", "null"] as const;
export type JsonType = (typeof jsonTypes)[number] | "integer";

/** The types that a schema allows; null where `type` is left out. */
export function typesOf({ type }: Schema): unknown[] | null {
  return type === undefined ? null : [type].flat();
}

/** `1.0` is a whole number. */
export function typeOf(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value as JsonType;
}
