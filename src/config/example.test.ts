/** hearth.example.yaml: every option, and nothing that does not work. A `#` without a space behind it hides an option. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { schemaStatus } from "../../test/support/schema-status.ts";
import { configJsonSchema } from "./json-schema.ts";
import { parseConfig } from "./load.ts";
import { optionsOf } from "./options.ts";

const written = readFileSync("hearth.example.yaml", "utf8");
const shown = written.replaceAll(/^( *)#(?=[^ #\n])/gm, "$1");
const config = (text: string) => parseConfig(text, null, { cwd: "/", env: { HOME: "/home/ann" } }).config;

test("as it stands it changes nothing", () => {
  expect(config(written)).toEqual(config(""));
});

test("with every # removed it is a configuration, of which all but keys and names are the defaults", () => {
  const { keys, models, virtual, ...rest } = config(shown);
  const { keys: _, models: __, virtual: ___, ...usual } = config("");
  expect(rest).toEqual(usual);
  expect(keys).toHaveLength(1);
  expect(virtual.map(({ name }) => name)).toEqual(["fast", "vision"]);
  expect(models.map(({ use, id }) => use ?? id)).toEqual([
    "smollm2-135m-instruct",
    "gpt-oss-20b",
    "my-model",
    "my-container",
  ]);
});

test("its alternatives in words work too", () => {
  const [alternative] = /(?<=^ +# )\{ kind: build.*$/m.exec(shown)!;
  const text = shown.replace("{ kind: pull }", alternative!);
  expect(config(text).models[3]?.fields.runtime?.imageSource).toMatchObject({ kind: "build" });
});

test("every option is in it, and no other", () => {
  const known = optionsOf()
    .map(({ path }) => path.join("."))
    .filter((path) => !path.includes(".imageSource."));
  const found = leavesOf(parse(shown)).filter((path) => !path.includes(".imageSource."));
  const isGroup = (path: string) => found.some((leaf) => leaf.startsWith(`${path}[]`) || leaf.startsWith(`${path}.`));
  expect(new Set(found)).toEqual(new Set(known.filter((path) => !isGroup(path))));
});

test("an editor with the JSON Schema finds nothing wrong with it", async () => {
  expect(await validated(shown)).toBe(200);
  expect(await validated("")).toBe(200);
});

test.each([
  "lisen: 1",
  "listen: here",
  "policy: { idleStop: 20 }",
  "memory: { floor: 8 gigs }",
  "driver: podman",
  "models: [{ context: 5 }]",
  "models: [{ id: a, lifecycle: none }]",
  "models: [{ id: a, warm: { from: 9 } }]",
  "keys: [{ name: ann, hash: abc }]",
])("an editor with the JSON Schema finds what is wrong: %s", async (text) => {
  expect(await validated(text)).toBe(400);
});

/** Paths of everything that is no group, entries of lists as `name[]`; a list of plain values is one leaf. */
/** Options whose values have whatever names their users like. */
const freeNames = /\.(env|defaults|set|variants)$/;

function leavesOf(value: unknown, path = ""): string[] {
  if (Array.isArray(value) && value.some((entry) => typeof entry === "object")) {
    return value.flatMap((entry) => (typeof entry === "object" ? leavesOf(entry, `${path}[]`) : []));
  }
  const isGroup = typeof value === "object" && value !== null && !Array.isArray(value) && !freeNames.test(path);
  if (!isGroup) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path === "" ? key : `${path}.${key}`));
}

const validated = (text: string) => schemaStatus(configJsonSchema(), parse(text) ?? {});
