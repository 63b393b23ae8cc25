/** The arithmetic of a model's memory: weights + cache + overhead, and a margin that nobody has counted. */
import { bytesPerGiB } from "../domain/size.ts";
import type { EngineFields, Footprint, Speculation } from "./schema.ts";

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
  /** Of the model that guesses ahead. */
  draftGiB: number;
  totalGiB: number;
}

/** The parts of a model's file that its memory follows from. */
export interface Sized {
  footprint: Footprint;
  engine?: EngineFields | undefined;
  speculation?: Speculation | undefined;
}

export function memoryParts({ footprint, engine, speculation }: Sized): MemoryParts {
  const perToken = cacheBytesPerToken(footprint, cacheValueBytes(engine));
  const kv = perToken === null ? footprint.kv.size! : perToken * footprint.kv.tokens!;
  const { weights, overhead } = footprint;
  const draft = speculation?.memory ?? 0;
  return {
    weightsGiB: weights / bytesPerGiB,
    kvGiB: kv / bytesPerGiB,
    overheadGiB: overhead / bytesPerGiB,
    draftGiB: draft / bytesPerGiB,
    totalGiB: (weights + kv + overhead + draft) / bytesPerGiB,
  };
}

/** A twentieth: what was measured of one engine on two days differs by about that much. */
const marginFraction = 1 / 20;
/** Of a small one, a GiB: a CUDA context and a compiler's heap do not shrink with the model. */
const leastMargin = bytesPerGiB;

/** What of a model's memory is left to what nobody has counted. Both in bytes. */
export function memoryMargin(memory: number): number {
  return Math.max(leastMargin, memory * marginFraction);
}

/** Above this a start leaves nothing on a DGX Spark that another engine, or a desktop, could stand on. */
const aloneGiB = 0.8 * sparkPoolGiB;

/** Whether a start that takes so much for a while may freeze a machine whose GPU shares its memory. */
export function mayHangMachine(startPeakGiB: number): boolean {
  return startPeakGiB > aloneGiB;
}

const bytesPerMiB = 1024 ** 2;

/**
 * What of a model's memory is its cache: the rest beside weights, overhead, draft and margin, in whole MiB. Both in bytes. At
 * least what the footprint says, as the catalog's memory is rounded up; more or less where somebody has changed it.
 */
export function cacheBytes(memory: number, { footprint, speculation }: Sized): number {
  const rest = memory - memoryMargin(memory) - footprint.weights - footprint.overhead - (speculation?.memory ?? 0);
  return Math.max(0, Math.floor(rest / bytesPerMiB) * bytesPerMiB);
}
