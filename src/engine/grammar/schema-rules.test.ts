import { afterAll, describe, expect, it } from "vitest";
import { GrammarJudge } from "../../../test/support/engine/grammar-judge.ts";
import { anyObjectGrammar, grammarText } from "./json-rules.ts";
import { SchemaRules } from "./schema-rules.ts";

const judge = new GrammarJudge();
afterAll(() => judge.close());

function grammarOf(schema: unknown): string {
  const rules = new SchemaRules(schema, "schema", "s");
  return grammarText(rules.expression(), rules.rules);
}

const person = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" }, mail: { type: "string" } },
  required: ["age"],
};
const tree = {
  $ref: "#/$defs/node",
  $defs: {
    node: {
      type: "object",
      properties: { next: { anyOf: [{ $ref: "#/$defs/node" }, { type: "null" }] } },
      required: ["next"],
    },
  },
};

const cases: [string, unknown, unknown[], unknown[]][] = [
  ["strings", { type: "string" }, ["", 'a"\\\n\u00e9🔥'], [1, null]],
  ["lengths", { type: "string", minLength: 2, maxLength: 3 }, ["ab", "abc"], ["a", "abcd"]],
  ["formats", { type: "string", format: "date" }, ["2026-11-21"], ["21.11.2026", ""]],
  ["unknown formats", { type: "string", format: "constructor" }, ["x"], [1]],
  ["numbers", { type: "number" }, [0, -1.5, 1e21, 12], ["1", true]],
  ["integers", { type: "integer" }, [0, -12], [1.5]],
  ["several types", { type: ["string", "null"] }, ["a", null], [1]],
  ["enums", { enum: ["a", 1, null, { b: [] }] }, ["a", 1, null, { b: [] }], ["b", 2]],
  ["constants", { const: 'quo"te\\' }, ['quo"te\\'], ["quote"]],
  ["arrays", { type: "array", items: { type: "integer" } }, [[], [1], [1, 2]], [["a"], {}]],
  [
    "item counts",
    { type: "array", items: { type: "integer" }, minItems: 1, maxItems: 2 },
    [[1], [1, 2]],
    [[], [1, 2, 3]],
  ],
  [
    "at least two",
    { type: "array", minItems: 2 },
    [
      [1, "a"],
      [1, 2, 3],
    ],
    [[], [1]],
  ],
  ["no items", { type: "array", maxItems: 0 }, [[]], [[1]]],
  ["tuples", { type: "array", prefixItems: [{ type: "integer" }, { type: "string" }] }, [[1, "a"]], [["a", 1], [1]]],
  [
    "required and optional properties",
    person,
    [{ age: 1 }, { name: "a", age: 1 }, { age: 1, mail: "m" }, { name: "a", age: 1, mail: "m" }],
    [{}, { name: "a" }, { age: "1" }, { age: 1, other: 2 }],
  ],
  ["only optional ones", { ...person, required: [] }, [{}, { name: "a", mail: "m" }, { mail: "m" }], [{ x: 1 }]],
  [
    "further properties of a type",
    { type: "object", properties: { a: { type: "null" } }, additionalProperties: { type: "integer" } },
    [{}, { a: null }, { a: null, b: 1, c: 2 }, { b: 1 }],
    [{ b: "x" }],
  ],
  ["an empty object", { type: "object", properties: {}, additionalProperties: false }, [{}], [{ a: 1 }]],
  ["any object", { type: "object" }, [{}, { a: { b: [1, "x", null] } }], [[], 1]],
  ["anything", {}, [1, "a", [], {}, null, true], []],
  ["alternatives", { oneOf: [{ type: "integer" }, person] }, [1, { age: 2 }], ["a"]],
  ["recursion", tree, [{ next: null }, { next: { next: { next: null } } }], [{}, { next: 1 }]],
  [
    "schemas taken together",
    { allOf: [person, { properties: { size: { type: "integer" } }, required: ["size"] }] },
    [{ age: 1, size: 2 }],
    [{ age: 1 }, { size: 2 }],
  ],
];

describe("a schema's grammar", () => {
  it.each(cases)("takes what fits and nothing else: %s", async (_, schema, good, bad) => {
    const grammar = grammarOf(schema);
    for (const value of good) expect([value, await judge.takes(grammar, JSON.stringify(value))]).toEqual([value, true]);
    for (const value of bad) expect([value, await judge.takes(grammar, JSON.stringify(value))]).toEqual([value, false]);
  });

  it("takes white space between the parts, but not without end", async () => {
    expect(await judge.takes(grammarOf(person), '{\n  "age": 1\n}')).toBe(true);
    expect(await judge.takes(anyObjectGrammar(), '{\n  "a": [\n    1,\n    {}\n  ]\n}')).toBe(true);
    expect(await judge.takes(anyObjectGrammar(), `{${" ".repeat(50)}}`)).toBe(false);
  });

  it("says what is wrong with a schema", () => {
    const deep = JSON.parse(
      `${'{"items":'.repeat(80)}{}${"}".repeat(80)}`.replaceAll("{", '{"type":"array",').replace(",}", "}"),
    );
    expect(() => grammarOf(deep)).toThrow("nested deeper than 64 levels");
    expect(() => grammarOf({ type: "text" })).toThrow('"text" is no type');
    expect(() => grammarOf({ anyOf: [] })).toThrow("alternatives in it is empty");
    expect(() => grammarOf({ type: "array", items: false })).toThrow("must be an object or true");
    expect(() => grammarOf({ $ref: "#/$defs/constructor", $defs: {} })).toThrow("#/$defs/constructor");
  });
});
