import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { mergeToml } from "./toml.ts";

const settings = [
  { path: ["model"], value: "a" },
  { path: ["window"], value: 5 },
  { path: ["providers", "hearth"], value: { name: "Hearth", url: "http://x/v1" } },
];

test("an absent file is written whole", () => {
  expect(mergeToml("", settings)).toBe(
    'model = "a"\nwindow = 5\n\n[providers.hearth]\nname = "Hearth"\nurl = "http://x/v1"\n',
  );
});

test("comments and the user's other settings stay", () => {
  const before = `# mine
model = "old" # the old one
sandbox = "strict"

[providers.hearth] # here
url = "http://old"
own = true

[tui]
theme = "dark" # really
`;
  const after = mergeToml(before, settings);
  expect(after).toBe(`# mine
model = "a"
sandbox = "strict"
window = 5

[providers.hearth] # here
url = "http://x/v1"
own = true
name = "Hearth"

[tui]
theme = "dark" # really
`);
  expect(mergeToml(after, settings)).toBe(after);
});

test("keys of the root come before the first table", () => {
  const after = mergeToml("[tui]\ntheme = 1\n", settings);
  expect(parse(after)).toEqual({
    model: "a",
    window: 5,
    tui: { theme: 1 },
    providers: { hearth: { name: "Hearth", url: "http://x/v1" } },
  });
});

test("a file that is not TOML is refused with its place", () => {
  expect(() => mergeToml('a = 1\nb = "\n', settings)).toThrow(expect.objectContaining({ line: 2 }));
});

test.each([
  'providers = { hearth = { name = "x" } }\n',
  '[providers]\nhearth.url = "http://old"\n',
  'text = """\nmodel = "inside"\n"""\n',
  "model = 1979-05-27T07:32:00Z\n[providers.'hearth']\nname = \"y\"\n",
])("an unusual form is merged rightly or refused: %j", (before) => {
  let after: string;
  try {
    after = mergeToml(before, settings);
  } catch (error) {
    expect((error as Error).message).toMatch(/cannot be merged|not TOML/);
    return;
  }
  expect(parse(after)).toMatchObject({ model: "a", providers: { hearth: { name: "Hearth", url: "http://x/v1" } } });
  if (before.includes("text")) expect(parse(after).text).toBe(parse(before).text);
});
