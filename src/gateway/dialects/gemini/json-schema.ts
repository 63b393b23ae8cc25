/** A schema in the words of OpenAPI 3.0, as Gemini's API has it, as a JSON Schema. */
import { fields } from "../chat/read-message.ts";
import { camelCase } from "./proto.ts";

/** Numbers that are 64 bits wide in the protocol, which writes those as strings. */
const counts = new Set(["minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties"]);
/** Its order of keys is the order in which they stand. */
const meaningless = new Set(["nullable", "propertyOrdering"]);

export function jsonSchema(schema: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(schema).flatMap(([written, value]): [string, unknown][] => {
    const key = camelCase(written);
    return meaningless.has(key) ? [] : keyword(key, value);
  });
  const plain = Object.fromEntries(entries);
  return schema.nullable === true ? orNull(plain) : plain;
}

function keyword(key: string, value: unknown): [string, unknown][] {
  switch (key) {
    case "type":
      if (value === "TYPE_UNSPECIFIED") return [];
      return [[key, typeof value === "string" ? value.toLowerCase() : value]];
    case "format":
      return value === "enum" ? [] : [[key, value]];
    case "items":
      return [[key, jsonSchema(fields(value))]];
    case "anyOf":
      return [[key, Array.isArray(value) ? value.map((one) => jsonSchema(fields(one))) : value]];
    case "properties":
      return [
        [key, Object.fromEntries(Object.entries(fields(value)).map(([name, one]) => [name, jsonSchema(fields(one))]))],
      ];
    default:
      return [[key, counts.has(key) && typeof value === "string" ? Number(value) : value]];
  }
}

function orNull(schema: Record<string, unknown>): Record<string, unknown> {
  const { type, enum: values } = schema;
  if (typeof type !== "string") return { anyOf: [schema, { type: "null" }] };
  return { ...schema, type: [type, "null"], ...(Array.isArray(values) ? { enum: [...values, null] } : {}) };
}
