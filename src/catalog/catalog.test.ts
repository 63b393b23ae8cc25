import { expect, test } from "vitest";
import { readCatalog } from "./catalog.ts";
import { resolveModels } from "./resolve.ts";

const catalog = readCatalog();
const specs = resolveModels([], catalog);
const names = new Map(specs.flatMap((spec) => [spec.id, ...spec.aliases].map((name) => [name, spec.id])));

test("there are at least 55 models, each of which a container or this machine can run", () => {
  expect(specs.length).toBeGreaterThanOrEqual(55);
  expect(specs.filter(({ runtime }) => runtime.kind === "process")).toEqual([]);
});

test.each([
  ["qwen3-coder-30b-instruct", "qwen3-coder-30b-a3b-instruct"],
  ["qwen3-next-80b-a3b-instruct", "qwen3-next-80b-a3b-instruct-fp4"],
  ["nemotron-3-nano-30b-nvfp4", "nemotron-3-nano-30b-nvfp4"],
  ["glm-4.7-flash", "glm-4.7-flash-awq"],
  ["llama-3.3-70b", "llama-3.3-70b-instruct-fp4"],
])("%s means %s", (name, id) => {
  expect(names.get(name)).toBe(id);
});

test("a disabled model says what to use instead, and that is not disabled too", () => {
  const disabled = [...catalog.values()].filter(({ facts }) => facts.status === "disabled");
  expect(disabled.length).toBeGreaterThan(0);
  for (const { fields, facts } of disabled) {
    expect(fields.statusReason).toMatch(/\. Use `[^`]+` instead\.$/);
    expect(catalog.get(names.get(facts.alternative!)!)!.facts.status).not.toBe("disabled");
  }
});

test("calls that an engine's parser misses are looked for in the words of every model that calls tools", () => {
  const calling = specs.filter(
    ({ id, capabilities }) => capabilities.includes("tools") && catalog.get(id)!.facts.status !== "disabled",
  );
  expect(calling.filter(({ fixups = [] }) => !fixups.includes("calls-from-text")).map(({ id }) => id)).toEqual([]);
});

test("at most one model is the small helper beside the others", () => {
  expect(specs.filter(({ policy }) => policy.lifecycle === "utility").map(({ id }) => id)).toEqual(["qwen3.5-0.8b"]);
});

test("the helper fits beside each model that does not want the machine to itself", () => {
  const helper = specs.find(({ policy }) => policy.lifecycle === "utility")!;
  const budgetGiB = 121.7 - 8;
  const tooBig = specs.filter(
    (spec) => spec.policy.lifecycle === "normal" && spec.memoryGiB + helper.memoryGiB > budgetGiB,
  );
  expect(tooBig).toEqual([]);
});

test("what is archived answers by name, with the reason and a successor that can be started", () => {
  const archived = [...catalog.values()].filter(({ at }) => at.file.includes("/archive/"));
  expect(archived.length).toBeGreaterThan(10);
  for (const { facts, fields } of archived) {
    expect(facts.status).toBe("disabled");
    expect(fields.statusReason).toContain(`Use \`${facts.alternative}\` instead.`);
    const successor = [...catalog.values()].find(
      ({ id, facts: other }) => id === facts.alternative || other.aliases?.includes(facts.alternative!),
    );
    expect([facts.id, successor?.facts.status]).not.toContain("disabled");
  }
});

test("there are more names than models, and enough that can be started", () => {
  const startable = [...catalog.values()].filter(({ facts }) => facts.status !== "disabled");
  const names = [...catalog.values()].flatMap(({ id, facts }) => [id, ...(facts.aliases ?? [])]);
  expect(startable.length).toBeGreaterThan(70);
  expect(new Set(names).size).toBeGreaterThan(120);
});
