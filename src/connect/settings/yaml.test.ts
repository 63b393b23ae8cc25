import { expect, test } from "vitest";
import { parse } from "yaml";
import { mergeYaml } from "./yaml.ts";

const settings = [
  { path: ["name"], fallback: "Hearth" },
  { path: [], value: { "openai-api-base": "http://x/v1", nested: { a: 1 } } },
  { path: ["models"], items: [{ name: "m", size: 1 }], by: "name" },
];

test("an absent file is written whole", () => {
  expect(parse(mergeYaml("", settings))).toEqual({
    name: "Hearth",
    "openai-api-base": "http://x/v1",
    nested: { a: 1 },
    models: [{ name: "m", size: 1 }],
  });
});

test("comments and the user's other settings stay", () => {
  const before = `# mine
name: own # really
models:
  # the good one
  - name: other
    size: 7
  - name: m
    size: 9
    own: true
dark-mode: true
`;
  const after = mergeYaml(before, settings);
  expect(after).toContain("# mine\nname: own # really\nmodels:\n  # the good one\n  - name: other\n    size: 7\n");
  expect(parse(after)).toMatchObject({
    models: [{ name: "other" }, { name: "m", size: 1, own: true }],
    "dark-mode": true,
  });
  expect(mergeYaml(after, settings)).toBe(after);
});

test.each([
  ["a: 1\nb: [1\n", 3, "not YAML"],
  ["- a\n", 1, "does not hold keys"],
])("%j is refused with its place", (text, line, message) => {
  expect(() => mergeYaml(text, settings)).toThrow(
    expect.objectContaining({ line, message: expect.stringContaining(message) }),
  );
});

test("what stands in the way is named, not overwritten", () => {
  expect(() => mergeYaml("nested: 5\n", settings)).toThrow("nested does not hold keys");
  expect(() => mergeYaml("models: 5\n", settings)).toThrow("models is not a list");
});

test("a file that is one list gets items added, and keeps the others with their comments", () => {
  const settings = [{ path: [], items: [{ id: "a", x: 2 }, { id: "c" }], by: "id" }];
  const before = "# mine\n- id: a\n  x: 1\n  y: 1\n- id: b # stays\n";
  expect(mergeYaml(before, settings)).toBe("# mine\n- id: a\n  x: 2\n  y: 1\n- id: b # stays\n- id: c\n");
  expect(mergeYaml("", settings)).toBe("- id: a\n  x: 2\n- id: c\n");
  expect(() => mergeYaml("a: 1\n", settings)).toThrow("does not hold a list");
});
