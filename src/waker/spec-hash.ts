import { createHash } from "node:crypto";
import type { ModelSpec } from "../domain/model.ts";

/**
 * Hash of everything that shapes a model's engine. Two specs with the same hash can share an engine; names for
 * people, idle stop, pinning and the like can change while it runs.
 */
export function specHash(spec: ModelSpec): string {
  const hash = known.get(spec) ?? hashOf(spec);
  known.set(spec, hash);
  return hash;
}

/** Specifications never change, and every look at the models asks for their hashes. */
const known = new WeakMap<ModelSpec, string>();

function hashOf(spec: ModelSpec): string {
  const { id, runtime, weights, memoryGiB, context, concurrency, capabilities } = spec;
  const shape = { id, runtime, weights: weights?.sha256 ?? null, memoryGiB, context, concurrency, capabilities };
  return createHash("sha256")
    .update(JSON.stringify(sorted(shape)))
    .digest("hex")
    .slice(0, 16);
}

/** The same value with the keys of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
