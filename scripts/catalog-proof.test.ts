import { expect, test } from "vitest";
import { readCatalog } from "../src/catalog/catalog.ts";
import type { Catalog, CatalogModel } from "../src/catalog/catalog-model.ts";
import { catalogProof } from "./catalog-proof.ts";

const catalog = readCatalog();

function changed(id: string, change: (model: CatalogModel) => CatalogModel): Catalog {
  return new Map([...catalog].map(([name, model]) => [name, name === id ? change(model) : model]));
}

test("the catalog keeps what it promises, and says how much that is", () => {
  const { faults, summary } = catalogProof(catalog);
  expect(faults).toEqual([]);
  expect(summary).toMatch(/^catalog: \d+ models, \d+ names, \d+ families/);
});

test("a name that somebody came with and that is gone is told", () => {
  const without = new Map([...catalog].filter(([id]) => id !== "qwen-math"));
  expect(catalogProof(without).faults).toEqual(["qwen-math was promised, and resolves to nothing."]);
});

test("too few names and families are told", () => {
  const { faults } = catalogProof(new Map([...catalog].slice(0, 3)));
  expect(faults.join("\n")).toMatch(/there are \d+ names, and 90 were promised\.\nthere are \d+ families .*29/);
});

test("a flag of the track that its release does not know is told", () => {
  const track = { ...catalog.get("qwen-math")!.track!, flags: { "no-such-flag-there": true } };
  expect(catalogProof(changed("qwen-math", (model) => ({ ...model, track }))).faults).toEqual([
    expect.stringMatching(/^qwen-math: vllm .* has no flag --/),
  ]);
});

test("a movable image that nobody pulls or builds is told", () => {
  const track = { ...catalog.get("qwen-math")!.track!, image: "own/engine:1", source: "local" as const };
  expect(catalogProof(changed("qwen-math", (model) => ({ ...model, track }))).faults).toEqual([
    "qwen-math: nothing pins its image own/engine:1.",
  ]);
});
