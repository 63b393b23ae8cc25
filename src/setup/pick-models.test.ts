import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readCatalog } from "../catalog/catalog.ts";
import { parseConfig } from "../config/load.ts";
import { pickModels } from "./pick-models.ts";

const catalog = readCatalog();
const spark = { card: false, containers: true, memoryGiB: 113.7 };
const laptop = { card: false, containers: false, memoryGiB: 14 };
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

  test("a machine without a GPU begins on the CPU, and so does one on whose GPU nothing fits", () => {
    for (const machine of [laptop, { ...spark, card: true, memoryGiB: 6 }]) {
      expect(ids(pickModels([], null, machine, catalog).models)).toEqual(["smollm2-135m-instruct"]);
    }
  });

  test("the models of a present configuration count", () => {
    const picked = pickModels([], config("models: [qwen3.5-0.8b]"), laptop, catalog);
    expect([ids(picked.models), ids(picked.served)]).toEqual([["qwen3.5-0.8b"], ["qwen3.5-0.8b"]]);
  });
});

describe("with names", () => {
  test("aliases are understood, a name counts once", () => {
    const { models } = pickModels(["openai/gpt-oss-20b", "openai/gpt-oss-20b"], null, laptop, catalog);
    expect(ids(models)).toEqual(["gpt-oss-20b"]);
  });

  test("a present configuration stays what it is", () => {
    const named = ["gpt-oss-20b"];
    const listed = pickModels(named, config("models: [qwen3.5-0.8b]"), laptop, catalog);
    expect([ids(listed.models), ids(listed.served)]).toEqual([["gpt-oss-20b"], ["qwen3.5-0.8b"]]);
    expect(pickModels(named, config(""), laptop, catalog).served).toBeNull();
    expect(ids(pickModels(named, null, laptop, catalog).served)).toEqual(named);
  });
});
