import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { card6, laptop16, smallSpark, spark } from "../../test/support/catalog/machines.ts";
import { readCatalog } from "../catalog/catalog.ts";
import { firstChoice } from "../catalog/choose.ts";
import { parseConfig } from "../config/load.ts";
import { pickModels } from "./pick-models.ts";

const catalog = readCatalog();
const ids = (models: { id: string }[] | null) => models?.map(({ id }) => id) ?? null;
const config = (yaml: string) => parseConfig(yaml, null, { cwd: "/", env: {} }).config;

describe("without a name", () => {
  test("a Spark begins with a model whose image needs neither build nor login, and the guide names it", () => {
    const { models, served } = pickModels([], null, spark, catalog);
    const [first] = models;
    const track = catalog.get(first!.id)!.track!;
    expect([track.source, track.registryLogin]).toEqual(["pull", undefined]);
    expect(readFileSync("docs/getting-started.md", "utf8")).toContain(`"model":"${first!.id}"`);
    expect(served).toBeNull();
  });

  test("every machine begins with the chooser's first", () => {
    for (const place of [spark, smallSpark, card6, laptop16]) {
      expect(ids(pickModels([], null, place, catalog).models)).toEqual([firstChoice(catalog, place)!.model.id]);
    }
  });

  test("the models of a present configuration count", () => {
    const picked = pickModels([], config("models: [qwen3.5-0.8b]"), laptop16, catalog);
    expect([ids(picked.models), ids(picked.served)]).toEqual([["qwen3.5-0.8b"], ["qwen3.5-0.8b"]]);
  });
});

describe("with names", () => {
  test("aliases are understood, a name counts once", () => {
    const { models } = pickModels(["openai/gpt-oss-20b", "openai/gpt-oss-20b"], null, laptop16, catalog);
    expect(ids(models)).toEqual(["gpt-oss-20b"]);
  });

  test("a present configuration stays what it is", () => {
    const named = ["gpt-oss-20b"];
    const listed = pickModels(named, config("models: [qwen3.5-0.8b]"), laptop16, catalog);
    expect([ids(listed.models), ids(listed.served)]).toEqual([["gpt-oss-20b"], ["qwen3.5-0.8b"]]);
    expect(pickModels(named, config(""), laptop16, catalog).served).toBeNull();
    expect(ids(pickModels(named, null, laptop16, catalog).served)).toEqual(named);
  });
});
