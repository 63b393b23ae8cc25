import { type MemoryUse, mergedUse } from "../domain/memory-use.ts";
import type { Outbox } from "./outbox.ts";

/** What engines took on this machine, by model and by the hash of image and settings. */
export interface MemoryUses {
  record(model: string, settings: string, seen: MemoryUse): void;
  /** As it is known now. */
  of(model: string, settings: string): MemoryUse | null;
  /** As it was known when the store was opened: the same as long as Hearth runs, so that no running engine's changes. */
  found(model: string, settings: string): MemoryUse | null;
}

export function storedMemoryUses(outbox: Outbox, found: ReadonlyMap<string, MemoryUse>): MemoryUses {
  const known = new Map(found);
  return {
    record(model, settings, seen) {
      const key = useKey(model, settings);
      const use = mergedUse(known.get(key) ?? null, seen);
      known.set(key, use);
      outbox.offer({ name: "setMemoryUse", input: { model, settings, ...use } }, lane);
    },
    of: (model, settings) => known.get(useKey(model, settings)) ?? null,
    found: (model, settings) => found.get(useKey(model, settings)) ?? null,
  };
}

export function useKey(model: string, settings: string): string {
  return JSON.stringify([model, settings]);
}

/** The next start teaches the same again. */
const lane = { chained: false, lost() {} };
