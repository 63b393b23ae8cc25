/** What an editor sees of the catalog: each file names its JSON Schema, which finds nothing wrong with it. */
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { schemaStatus } from "../../test/support/schema-status.ts";
import { catalogJsonSchemas } from "./json-schemas.ts";

const schemas = catalogJsonSchemas();
const files = {
  model: globSync("catalog/{models,archive}/*/*.yaml"),
  image: globSync("catalog/images/*/image.yaml"),
  engine: globSync("catalog/engines/*.yaml"),
};

test.each(["model", "image", "engine"] as const)(
  "every file of a kind names its schema, and keeps to it: %s",
  async (kind) => {
    expect(files[kind].length).toBeGreaterThan(3);
    for (const file of files[kind]) {
      const text = readFileSync(file, "utf8");
      const [, named] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
      expect(normalize(join(dirname(file), named ?? "none")), file).toBe(`schema/${kind}.schema.json`);
      expect([basename(file), await schemaStatus(schemas[kind], parse(text))]).toEqual([basename(file), 200]);
    }
  },
);

test.each([
  ["a word that is none", { sumary: "A model." }],
  ["a size without a unit", { memory: 12 }],
  ["a status that is none", { status: "great" }],
])("an editor finds %s", async (_, fault) => {
  const model = parse(readFileSync(files.model[0]!, "utf8"));
  expect(await schemaStatus(schemas.model, { ...model, ...fault })).toBe(400);
});
