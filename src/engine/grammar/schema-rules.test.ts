import fc from "fast-check";
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

const more: [string, unknown, unknown[], unknown[]][] = [
  ["ranges of integers", { type: "integer", minimum: 7, maximum: 123 }, [7, 10, 99, 100, 123], [6, 124, -7, 1000, 7.5]],
  ["exclusive ranges", { type: "integer", exclusiveMinimum: -3, exclusiveMaximum: 2 }, [-2, 0, 1], [-3, 2, 12]],
  ["ranges of numbers", { type: "number", minimum: 0, maximum: 1 }, [0, 1, 0.25, 0.999], [-0.1, 1.01, 2, 10]],
  ["narrow ranges", { type: "number", exclusiveMinimum: 0.5, maximum: 0.75 }, [0.51, 0.7, 0.75], [0.5, 0.76, 1, 0]],
  ["decimals", { type: "number", multipleOf: 0.01 }, [1, 0.5, -12.34], [0.125, "1"]],
  [
    "patterns",
    { type: "string", pattern: '^[A-Z]{2}-\\d+(\\.(a|b"))?$' },
    ["AB-1", "XY-23.a", 'XY-2.b"'],
    ["A-1", "AB-", "AB-1.c", "xAB-1"],
  ],
  ["patterns anywhere", { type: "string", pattern: "b.\\w" }, ["abcd", "b-d"], ["b", "ab "]],
  [
    "patterns with lengths",
    { type: "string", pattern: "^a{2,4}$", minLength: 2, maxLength: 4 },
    ["aa", "aaaa"],
    ["a", "aaaaa"],
  ],
  [
    "days that there are",
    { type: "string", format: "date" },
    ["2024-02-29", "2000-02-29"],
    ["2023-02-29", "1900-02-29", "2026-04-31", "2026-13-01"],
  ],
  [
    "times",
    { type: "string", format: "date-time" },
    ["2026-11-25T23:59:59Z", "2026-11-25T08:00:00.5+02:00"],
    ["2026-11-25T24:00:00Z", "2026-11-25"],
  ],
  ["addresses", { type: "string", format: "ipv4" }, ["127.0.0.1", "255.0.10.199"], ["256.0.0.1", "1.2.3", "01.2.3.4"]],
  ["characters of two halves", { type: "string", maxLength: 1 }, ["🔥", "é"], ["ab"]],
  [
    "required names that are not listed",
    { type: "object", required: ["a"], properties: { b: { type: "null" } } },
    [{ b: null, a: 1 }, { a: {} }],
    [{}, { b: null }],
  ],
  ["required names alone", { type: "object", required: ["a"] }, [{ a: 1 }, { a: 1, z: 2 }], [{}, { z: 2 }]],
  ["nothing listed", { type: "object", properties: {} }, [{}], [{ a: 1 }]],
  [
    "names that are taken",
    { type: "object", properties: { ab: { type: "integer" } }, additionalProperties: { type: "string" } },
    [{ ab: 1, a: "x" }, { abc: "x" }],
    [{ ab: "x" }, { x: 1 }],
  ],
  [
    "at least some members",
    { type: "object", properties: { a: {}, b: {}, c: {} }, minProperties: 2 },
    [
      { a: 1, c: 2 },
      { b: 1, c: 2 },
    ],
    [{}, { b: 1 }],
  ],
  ["never", { type: "object", properties: { a: false, b: true } }, [{ b: 1 }, {}], [{ a: 1 }]],
  [
    "tuples that go on",
    { prefixItems: [{ type: "integer" }], items: { type: "string" }, minItems: 2 },
    [
      [1, "a"],
      [1, "a", "b"],
    ],
    [[1], [1, 2], ["a"]],
  ],
  [
    "tuples of before",
    { items: [{ type: "integer" }, { type: "null" }], additionalItems: false },
    [[1, null]],
    [[1, null, 2], [null]],
  ],
  ["anchors", { items: { $ref: "#it" }, $defs: { x: { $anchor: "it", type: "null" } } }, [[null], []], [[1]]],
  [
    "what stands beside a reference",
    { $ref: "#/$defs/n", maximum: 3, $defs: { n: { type: "integer", minimum: 1 } } },
    [1, 3],
    [0, 4],
  ],
  ["constants of any kind", { const: { a: [1, null] } }, [{ a: [1, null] }], [{ a: [1] }, null]],
  ["values within a range", { enum: [1, 5, "a", null], minimum: 3, type: ["number", "null"] }, [5, null], [1, "a"]],
  [
    "alternatives beside more",
    { type: "object", properties: { a: {}, b: {} }, anyOf: [{ required: ["a"] }, { required: ["b"] }] },
    [{ a: 1 }, { b: 1 }, { a: 1, b: 2 }],
    [{}],
  ],
  [
    "closed parts together",
    { allOf: [{ properties: { a: {} }, additionalProperties: false }, { properties: { b: {} } }] },
    [{ a: 1 }, {}],
    [{ b: 1 }, { a: 1, b: 1 }],
  ],
  ["limits together", { allOf: [{ minimum: 2 }, { maximum: 4 }], type: "integer" }, [2, 4], [1, 5]],
  ["a type that keywords tell", { minLength: 2 }, ["ab"], ["a", 1]],
];

const leftOf = (schema: unknown) => {
  const rules = new SchemaRules(schema, "schema", "s");
  rules.expression();
  return [...rules.left];
};

describe("a schema's grammar", () => {
  it.each([...cases, ...more])("takes what fits and nothing else: %s", async (_, schema, good, bad) => {
    const grammar = grammarOf(schema);
    for (const value of good) expect([value, await judge.takes(grammar, JSON.stringify(value))]).toEqual([value, true]);
    for (const value of bad) expect([value, await judge.takes(grammar, JSON.stringify(value))]).toEqual([value, false]);
  });

  it("takes white space between the parts, but not without end", async () => {
    expect(await judge.takes(grammarOf(person), '{\n  "age": 1\n}')).toBe(true);
    expect(await judge.takes(anyObjectGrammar(), '{\n  "a": [\n    1,\n    {}\n  ]\n}')).toBe(true);
    expect(await judge.takes(anyObjectGrammar(), `{${" ".repeat(50)}}`)).toBe(false);
  });

  it("takes exactly the numbers of a range", async () => {
    const bound = fc.option(fc.integer({ min: -1200, max: 1200 }).map((value) => value / 20));
    const input = fc.record({ minimum: bound, exclusiveMaximum: bound, at: fc.integer({ min: -1300, max: 1300 }) });
    await fc.assert(
      fc.asyncProperty(input, async ({ minimum, exclusiveMaximum, at }) => {
        const limits = {
          ...(minimum === null ? {} : { minimum }),
          ...(exclusiveMaximum === null ? {} : { exclusiveMaximum }),
        };
        if (minimum !== null && exclusiveMaximum !== null && minimum >= exclusiveMaximum) return;
        const value = at / 20;
        const fits = (minimum === null || value >= minimum) && (exclusiveMaximum === null || value < exclusiveMaximum);
        expect(await judge.takes(grammarOf({ type: "number", ...limits }), JSON.stringify(value))).toBe(fits);
      }),
    );
  });

  it.each([
    [{ type: "array", uniqueItems: true }, ["uniqueItems"]],
    [{ type: "array", uniqueItems: true, maxItems: 1 }, []],
    [{ type: "string", pattern: "^(?=a)b" }, ["pattern"]],
    [{ type: "string", pattern: "^a|b$" }, ["pattern"]],
    [{ type: "string", pattern: "^((a{100}){100}){100}$" }, ["pattern"]],
    [{ oneOf: Array.from({ length: 300 }, (_, value) => ({ const: value })) }, ["oneOf"]],
    [{ type: "string", format: "constructor" }, ["format"]],
    [{ type: "string", minLength: 5000 }, ["minLength"]],
    [{ type: "string", format: "date", maxLength: 5 }, ["maxLength"]],
    [{ type: "integer", multipleOf: 7 }, ["multipleOf"]],
    [{ not: { type: "string" } }, ["not"]],
    [{ type: "object", properties: { a: { if: true, else: {} } } }, ["if"]],
    [{ type: "object", patternProperties: { a: {} } }, ["patternProperties"]],
    [{ oneOf: [{ type: "integer" }, { type: "number" }] }, ["oneOf"]],
    [{ oneOf: [{ type: "integer" }, { type: "string" }] }, []],
    [{ allOf: [{ pattern: "a" }, { pattern: "b" }], type: "string" }, ["pattern"]],
    [
      {
        oneOf: ["a", "b"].map((kind) => ({
          type: "object",
          properties: { kind: { const: kind } },
          required: ["kind"],
        })),
      },
      [],
    ],
  ])("names what it does not enforce: %j", (schema, left) => {
    expect(leftOf(schema)).toEqual(left);
  });

  it("says what is wrong with a schema", () => {
    const deep = JSON.parse(
      `${'{"items":'.repeat(80)}{}${"}".repeat(80)}`.replaceAll("{", '{"type":"array",').replace(",}", "}"),
    );
    expect(() => grammarOf(deep)).toThrow("nested deeper than 64 levels");
    expect(() => grammarOf({ type: "text" })).toThrow('"text" is no type');
    expect(() => grammarOf({ anyOf: [] })).toThrow("alternatives in it is empty");
    expect(() => grammarOf({ type: "array", items: 3 })).toThrow("must be an object, true or false");
    expect(() => grammarOf({ type: "object", properties: { a: false }, required: ["a"] })).toThrow(
      "no value can meet it",
    );
    expect(() => grammarOf({ $ref: "https://example.org/other.json" })).toThrow(
      "References must stay within the schema",
    );
    expect(() => grammarOf({ $ref: "#/$defs/constructor", $defs: {} })).toThrow("#/$defs/constructor");
  });
});
