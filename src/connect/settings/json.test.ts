import { expect, test } from "vitest";
import { mergeJson } from "./json.ts";

const settings = [
  { path: ["$schema"], fallback: "https://example.org/schema" },
  { path: ["provider", "hearth"], value: { name: "Hearth", models: { "a.b/c": { limit: 5 } } } },
  { path: ["list"], items: [{ name: "x", size: 1 }], by: "name" },
];

test("an absent file is written whole", () => {
  expect(JSON.parse(mergeJson("", settings))).toEqual({
    $schema: "https://example.org/schema",
    provider: { hearth: { name: "Hearth", models: { "a.b/c": { limit: 5 } } } },
    list: [{ name: "x", size: 1 }],
  });
});

test("comments, trailing commas, indentation and the user's other settings stay", () => {
  const before = `{
    // mine
    "theme": "dark", /* really */
    "$schema": "own",
    "provider": { "hearth": { "models": { "a.b/c": { "limit": 4, "own": true } } }, "other": {} },
    "list": [{ "name": "y" }, { "name": "x", "size": 9, "own": 1 }],
}
`;
  const after = mergeJson(before, settings);
  expect(after).toContain(`    // mine\n    "theme": "dark", /* really */\n    "$schema": "own",`);
  const packed = after.replaceAll(/\s/g, "");
  expect(packed).toContain('"a.b/c":{"limit":5,"own":true}');
  expect(packed).toContain('"other":{}');
  expect(packed).toContain('"list":[{"name":"y"},{"name":"x","size":1,"own":1}]');
  expect(mergeJson(after, settings)).toBe(after);
});

test.each([
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3, "comma expected"],
  ["{", 1, 2, "close brace expected"],
  ["[1]", 1, 1, "not a JSON object"],
])("%j is refused with its place", (text, line, column, message) => {
  expect(() => mergeJson(text, settings)).toThrow(
    expect.objectContaining({ line, column, message: expect.stringContaining(message) }),
  );
});

test("what stands in the way is named, not overwritten", () => {
  expect(() => mergeJson('{"provider": "openai"}', settings)).toThrow("provider is not an object");
  expect(() => mergeJson('{"list": {"x": 1}}', settings)).toThrow("list is not a list");
});
