import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonSchema } from "./json-schema.ts";

test("OpenAPI's words become JSON Schema's, names of properties stay the client's own", () => {
  const schema = {
    type: "OBJECT",
    description: "a trip",
    properties: {
      any_of: { type: "STRING", format: "enum", enum: ["a", "b"], nullable: true },
      stops: { type: "ARRAY", items: { type: "INTEGER", minimum: 1 }, min_items: "2", maxItems: 5 },
      where: { anyOf: [{ type: "STRING" }, { type: "NUMBER" }], nullable: true },
      anything: { type: "TYPE_UNSPECIFIED" },
    },
    required: ["stops"],
    propertyOrdering: ["stops", "any_of"],
  };
  expect(jsonSchema(schema)).toEqual({
    type: "object",
    description: "a trip",
    properties: {
      any_of: { type: ["string", "null"], enum: ["a", "b", null] },
      stops: { type: "array", items: { type: "integer", minimum: 1 }, minItems: 2, maxItems: 5 },
      where: { anyOf: [{ anyOf: [{ type: "string" }, { type: "number" }] }, { type: "null" }] },
      anything: {},
    },
    required: ["stops"],
  });
});

test("a schema in JSON Schema's own words is left as it is, and whatever else it is gives some schema", () => {
  const schema = { type: "object", properties: { __proto_: { type: "string" } }, additionalProperties: false };
  expect(jsonSchema(schema)).toEqual(schema);
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (any) => void jsonSchema(any)));
});
