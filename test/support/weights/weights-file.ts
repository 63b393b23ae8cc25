/** Weights for tests: bytes that look like nothing in particular, and what a catalog would say of them. */
import { createHash } from "node:crypto";
import type { WeightsSource, WeightsSpec } from "../../../src/domain/model.ts";
import type { Patience } from "../../../src/weights/patience.ts";

/** The same for the same seed. Half random, half repetitive, so that packing them changes their length. */
export function weightsBytes(size = 2_000_000, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  let state = seed;
  for (let at = 0; at < size; at += 2) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

export function specOf(bytes: Buffer, sources: WeightsSource[], file = "model.gguf"): WeightsSpec {
  return { file, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex"), sources };
}

/** A test does not wait as long as a person. */
export const shortPatience: Patience = {
  connect: 2,
  firstByte: 1,
  quiet: 1,
  pip: 60,
  retries: 3,
  pause: 0.01,
  longestPause: 0.02,
};
