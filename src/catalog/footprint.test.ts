import { expect, test } from "vitest";
import { readCatalog } from "./catalog.ts";
import { gib, memoryParts, sparkPoolGiB, utilization } from "./footprint.ts";
import { resolveModels } from "./resolve.ts";

test("a cache is two values per head, dimension and layer for every token", () => {
  const footprint = {
    weights: 10 * gib,
    basis: "published" as const,
    kv: { tokens: 131_072, layers: 80, heads: 8, headDim: 128 },
    overhead: 6 * gib,
  };
  expect(memoryParts(footprint, { track: "a" })).toEqual({ weightsGiB: 10, kvGiB: 40, overheadGiB: 6, totalGiB: 56 });
  const eightBits = { track: "a", flags: { "kv-cache-dtype": "fp8" } };
  expect(memoryParts(footprint, eightBits)).toMatchObject({ kvGiB: 20, totalGiB: 36 });
});

test("the fraction of the pool is rounded up, by less than a ten-thousandth", () => {
  expect(utilization(25, 100)).toBe(0.25);
  expect(utilization(76, sparkPoolGiB)).toBe(0.6245);
  for (let memory = 1; memory < 105; memory += 1) {
    const given = utilization(memory, sparkPoolGiB) * sparkPoolGiB;
    expect(given).toBeGreaterThanOrEqual(memory - 1e-9);
    expect(given).toBeLessThan(memory + sparkPoolGiB / 1e4);
  }
});

const catalog = readCatalog();
const specs = new Map(resolveModels([], catalog).map((spec) => [spec.id, spec]));
const contained = [...catalog.values()].filter(
  ({ facts }) => facts.engine !== undefined && facts.footprint !== undefined,
);

test.each(contained.map((model) => [model.id, model] as const))("the memory of %s adds up", (id, { facts, track }) => {
  const { weightsGiB, kvGiB, overheadGiB, totalGiB } = memoryParts(facts.footprint!, facts.engine);
  const { memoryGiB, runtime } = specs.get(id)!;
  expect(totalGiB).toBeCloseTo(weightsGiB + kvGiB + overheadGiB, 9);
  expect(memoryGiB).toBeGreaterThanOrEqual(totalGiB);
  expect(memoryGiB).toBeLessThan(totalGiB + 1);
  const command = runtime.kind === "container" ? runtime.command : [];
  const [flag, part] =
    track!.engine === "sglang" ? ["--mem-fraction-static", weightsGiB + kvGiB] : ["--gpu-memory-utilization", totalGiB];
  const fraction = Number(command[command.indexOf(flag) + 1]);
  expect(fraction * sparkPoolGiB).toBeGreaterThanOrEqual(part);
  expect(fraction * sparkPoolGiB).toBeLessThan(part + 1.02);
});
