import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ConfigError, oneLine } from "../config/issue.ts";
import { parseConfig } from "../config/load.ts";
import { readCatalog } from "./catalog.ts";
import { resolveModels } from "./resolve.ts";

const folder = mkdtempSync(join(tmpdir(), "hearth-catalog-"));
afterAll(() => rmSync(folder, { recursive: true }));

mkdirSync(join(folder, "family"));
writeFileSync(
  join(folder, "family/base-7b.yaml"),
  `id: base-7b
aliases: [base]
summary: A model
license: MIT
status: validated
goodFor: [chat]
memory: 10GiB
context: 8192
loadTime: 90s
runtime: { kind: process, command: [serve, --port, "{port}"], env: { A: "1" } }
`,
);
const catalog = readCatalog({ models: folder });

function resolved(yaml: string) {
  const { config } = parseConfig(yaml, "/etc/hearth/hearth.yaml", { cwd: "/", env: {} });
  return resolveModels(config.models, catalog);
}

function faults(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(oneLine);
    throw error;
  }
  return [];
}

test("without entries the whole catalog is served", () => {
  expect(resolveModels([], catalog)).toMatchObject([
    { id: "base-7b", aliases: ["base"], memoryGiB: 10, context: 8192, loadSeconds: 90, concurrency: 1 },
  ]);
});

test("a field beside `use` replaces the catalog's; of the runtime only what is named", () => {
  const [spec] = resolved("models: [{ use: base, context: 4096, runtime: { startTimeout: 1m } }]");
  expect(spec).toMatchObject({
    id: "base-7b",
    context: 4096,
    memoryGiB: 10,
    runtime: { kind: "process", command: ["serve", "--port", "{port}"], env: { A: "1" }, startTimeoutSeconds: 60 },
  });
});

test("a second name for the same model does not inherit the aliases", () => {
  const specs = resolved("models: [base-7b, { use: base-7b, id: long, context: 16384 }]");
  expect(specs.map(({ id, aliases }) => [id, aliases])).toEqual([
    ["base-7b", ["base"]],
    ["long", []],
  ]);
});

test("paths are relative to the file that names them", () => {
  const [spec] = resolved(`
models:
  - id: own
    memory: 1GiB
    context: 512
    runtime: { kind: process, command: [./serve], cwd: engines }
    weights:
      file: own.gguf
      bytes: 1
      sha256: ${"a".repeat(64)}
      sources: [{ kind: file, path: own.gguf }]
`);
  expect(spec?.runtime).toMatchObject({ cwd: "/etc/hearth/engines" });
  expect(spec?.weights?.sources).toEqual([{ kind: "file", path: "/etc/hearth/own.gguf" }]);
});

test.each([
  ["models: [base-7]", '/etc/hearth/hearth.yaml:1:10: use: "base-7" is not in the catalog. Did you mean `base-7b`?'],
  [
    "models: [{ id: own, context: 512, runtime: { kind: process } }]",
    "/etc/hearth/hearth.yaml:1:10: own: memory: missing: a size such as 8GiB is needed.",
  ],
  ["models: [base-7b, base]", '/etc/hearth/hearth.yaml:1:19: id: the name "base-7b" is taken by another entry.'],
  [
    "models: [base-7b, { use: base-7b, id: base }]",
    '/etc/hearth/hearth.yaml:1:19: id: the name "base" is taken by base-7b.',
  ],
])("%s is refused with its place", (yaml, fault) => {
  expect(faults(() => resolved(yaml))).toContain(fault);
});

test("every fault is told at once", () => {
  expect(faults(() => resolved("models: [{ id: own, runtime: { kind: embedded } }]"))).toHaveLength(3);
});

test("a file of the catalog is refused with file, line and column", () => {
  const broken = mkdtempSync(join(tmpdir(), "hearth-catalog-"));
  writeFileSync(join(broken, "one.yaml"), "id: one\nmemroy: 1GiB\n");
  writeFileSync(join(broken, "two.yaml"), "id: other\n");
  expect(faults(() => readCatalog({ models: broken }))).toEqual([
    `${broken}/one.yaml:2:1: memroy: unknown key. Did you mean \`memory\`?`,
    `${broken}/two.yaml:1:5: id: the file is named two.yaml, so its id is "two".`,
  ]);
  rmSync(broken, { recursive: true });
});

test("the catalog that comes with Hearth is sound", () => {
  const specs = resolveModels([], readCatalog());
  expect(specs.map(({ id }) => id)).toContain("smollm2-135m-instruct");
});

test("parameters and variants of an entry are those of its requests", () => {
  const [spec] = resolved(
    "models: [{ use: base, parameters: { defaults: { top_p: 0.9 }, set: { seed: 1 }, strip: [n] }, variants: { high: { reasoning_effort: high } } }]",
  );
  expect(spec!.parameters).toEqual({
    defaults: { top_p: 0.9 },
    set: { seed: 1 },
    strip: ["n"],
    variants: { high: { reasoning_effort: "high" } },
  });
});

test.each([
  ["variants: { high: {} }, aliases: [other, 'base-7b:high']", "base-7b: variants.high", /"base-7b:high" is taken/],
  ["variants: { a: {} } }, { id: 'base-7b:a', use: base", "id", /"base-7b:a" is taken by base-7b/],
  ["variants: { 'a:b': {} }", "models[0].variants.a:b", /"a:b" is not the name of a variant/],
  ["variants: { latest: {} }", "models[0].variants.latest", /not latest/],
  ["variants: { high: 3 }", "models[0].variants.high", /expected keys with values, got 3/],
  ["variants: [high]", "models[0].variants", /expected keys with values, got a list/],
  ["variants: { high: { model: x } }", "models[0].variants.high.model", /"model" belongs to the request itself/],
  ["parameters: { set: { messages: [] } }", "models[0].parameters.set.messages", /"messages" belongs to the request/],
  ["parameters: { strip: [stream] }", "models[0].parameters.strip[0]", /"stream" belongs to the request/],
  ["parameters: { sett: {} }", "models[0].parameters.sett", /unknown key.*set/],
  [
    "parameters: { set: { seed: 1 }, defaults: { seed: 2 } }",
    "base-7b: parameters.defaults.seed",
    /has no effect: parameters.set has it too/,
  ],
  [
    "parameters: { set: { seed: 1 } }, variants: { a: { seed: 2 } }",
    "base-7b: variants.a.seed",
    /has no effect: parameters.set has it too/,
  ],
])("parameters are judged before anything is served: %s", (fields, place, message) => {
  const [fault, ...more] = faults(() => resolved(`models: [{ use: base, ${fields} }]`));
  expect(more).toEqual([]);
  expect(fault).toContain(`${place}:`);
  expect(fault).toMatch(message);
});
