import { expect, test } from "vitest";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import { bytesPerGiB } from "../domain/size.ts";
import { readCatalog } from "./catalog.ts";
import type { CatalogModel } from "./catalog-model.ts";
import { cacheBytes, cacheBytesPerToken, cacheValueBytes, type MemoryParts, memoryParts } from "./footprint.ts";
import { resolveModels } from "./resolve.ts";

test("a cache is two values per head, dimension and layer for every token", () => {
  const footprint = {
    weights: 10 * bytesPerGiB,
    basis: "published" as const,
    kv: { tokens: 131_072, layers: 80, heads: 8, headDim: 128 },
    overhead: 6 * bytesPerGiB,
  };
  expect(memoryParts({ footprint, engine: { track: "a" } })).toMatchObject({ kvGiB: 40, totalGiB: 56 });
  const eightBits = { track: "a", flags: { "kv-cache-dtype": "fp8" } };
  expect(memoryParts({ footprint, engine: eightBits })).toMatchObject({ kvGiB: 20, totalGiB: 36 });
});

const catalog = readCatalog();
const specs = new Map(resolveModels([], catalog).map((spec) => [spec.id, spec]));
const contained = [...catalog.values()].filter(
  ({ facts }) => facts.engine !== undefined && facts.footprint !== undefined,
);

function named(engine: "vllm" | "sglang" | null) {
  return contained
    .filter(({ track }) => engine === null || track!.engine === engine)
    .map((model): [string, Started] => [model.id, started(model)]);
}

interface Started {
  parts: MemoryParts;
  memoryGiB: number;
  shareGiB: number;
  /** Tokens that the cache holds beyond one request of full length, as a part of it; null where its shape is not known. */
  room: number | null;
  flag: (name: string) => string | undefined;
}

function started({ id, facts }: CatalogModel): Started {
  const sized = { ...facts, footprint: facts.footprint! };
  const { memoryGiB, runtime, context } = specs.get(id)!;
  const { command, shareGiB = memoryGiB } = runtime as ContainerRuntime;
  const perToken = cacheBytesPerToken(sized.footprint, cacheValueBytes(facts.engine));
  const room = perToken === null ? null : cacheBytes(memoryGiB * bytesPerGiB, sized) / perToken / context - 1;
  const flag = (name: string) => command[command.indexOf(name) + 1];
  return { parts: memoryParts(sized), memoryGiB, shareGiB, room, flag };
}

test.each(named(null))("the memory of %s adds up, with a margin", (_, { parts, memoryGiB }) => {
  const { weightsGiB, kvGiB, overheadGiB, draftGiB, totalGiB } = parts;
  expect(totalGiB).toBeCloseTo(weightsGiB + kvGiB + overheadGiB + draftGiB, 9);
  expect(memoryGiB - totalGiB).toBeGreaterThanOrEqual(Math.max(1, memoryGiB / 20) - 1e-9);
});

test.each(named(null))("%s never holds exactly one request with nothing left", (_, { room }) => {
  if (room !== null) expect(room).toBeGreaterThanOrEqual(0.0624);
});

test.each(named("vllm"))("%s has its cache in bytes, and a share that only bounds it", (_, model) => {
  const { parts, shareGiB, flag } = model;
  expect(flag("--gpu-memory-utilization")).toBe("{share}");
  const cacheGiB = Number(flag("--kv-cache-memory-bytes")) / bytesPerGiB;
  expect(cacheGiB).toBeGreaterThan(parts.kvGiB - 0.001);
  expect(shareGiB).toBeGreaterThanOrEqual(parts.weightsGiB + cacheGiB + parts.overheadGiB + parts.draftGiB + 1);
});

test.each(named("sglang"))("%s has a share of weights and cache alone", (_, { parts, memoryGiB, shareGiB, flag }) => {
  expect(flag("--mem-fraction-static")).toBe("{share}");
  expect(shareGiB).toBeGreaterThanOrEqual(parts.weightsGiB + parts.kvGiB - 0.001);
  expect(shareGiB).toBeLessThanOrEqual(memoryGiB - parts.overheadGiB - 1);
});
