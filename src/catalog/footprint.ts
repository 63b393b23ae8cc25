/** The arithmetic of a model's memory: weights + cache + overhead. */
import { bytesPerGiB } from "../domain/size.ts";
import type { EngineFields, Footprint } from "./schema.ts";

/** Memory that CPU and GPU of a DGX Spark share (MemTotal of a 128 GB unit). */
export const sparkPoolGiB = 121.7;

/** Bytes of one cached value: 1 where the cache is kept in 8 bits, else 2. */
export function cacheValueBytes(engine: EngineFields | undefined): 1 | 2 {
  const type = engine?.flags?.["kv-cache-dtype"];
  return typeof type === "string" && type.startsWith("fp8") ? 1 : 2;
}

/** Bytes that one token takes in the cache, or null where only a budget is known. */
export function cacheBytesPerToken({ kv }: Footprint, valueBytes: 1 | 2): number | null {
  if (kv.bytesPerToken !== undefined) return kv.bytesPerToken;
  if (kv.layers === undefined || kv.heads === undefined || kv.headDim === undefined) return null;
  const keysAndValues = 2;
  return keysAndValues * kv.layers * kv.heads * kv.headDim * valueBytes;
}

export interface MemoryParts {
  weightsGiB: number;
  kvGiB: number;
  overheadGiB: number;
  totalGiB: number;
}

export function memoryParts(footprint: Footprint, engine: EngineFields | undefined): MemoryParts {
  const perToken = cacheBytesPerToken(footprint, cacheValueBytes(engine));
  const kv = perToken === null ? footprint.kv.size! : perToken * footprint.kv.tokens!;
  const { weights, overhead } = footprint;
  return {
    weightsGiB: weights / bytesPerGiB,
    kvGiB: kv / bytesPerGiB,
    overheadGiB: overhead / bytesPerGiB,
    totalGiB: (weights + kv + overhead) / bytesPerGiB,
  };
}
