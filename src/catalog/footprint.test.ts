import { expect, test } from "vitest";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import { bytesPerGiB } from "../domain/size.ts";
import { readCatalog } from "./catalog.ts";
import { memoryParts } from "./footprint.ts";
import { resolveModels } from "./resolve.ts";

test("a cache is two values per head, dimension and layer for every token", () => {
  const footprint = {
    weights: 10 * bytesPerGiB,
    basis: "published" as const,
    kv: { tokens: 131_072, layers: 80, heads: 8, headDim: 128 },
    overhead: 6 * bytesPerGiB,
  };
  expect(memoryParts(footprint, { track: "a" })).toEqual({ weightsGiB: 10, kvGiB: 40, overheadGiB: 6, totalGiB: 56 });
  const eightBits = { track: "a", flags: { "kv-cache-dtype": "fp8" } };
  expect(memoryParts(footprint, eightBits)).toMatchObject({ kvGiB: 20, totalGiB: 36 });
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
  const { command, shareGiB = memoryGiB } = runtime as ContainerRuntime;
  const [flag, part] =
    track!.engine === "sglang" ? ["--mem-fraction-static", weightsGiB + kvGiB] : ["--gpu-memory-utilization", totalGiB];
  expect(command[command.indexOf(flag) + 1]).toBe("{share}");
  expect(shareGiB).toBeGreaterThanOrEqual(part - 1e-9);
  expect(shareGiB).toBeLessThan(part + 1);
});
