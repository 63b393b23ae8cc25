import type { DatabaseSync } from "node:sqlite";
import type { MemoryUse } from "../../domain/memory-use.ts";
import { useKey } from "../memory-uses.ts";

export function memoryUsesTable(database: DatabaseSync) {
  const put = database.prepare(
    "INSERT OR REPLACE INTO memory_uses (model, settings, start_peak_gib, rest_gib) VALUES (?, ?, ?, ?)",
  );
  const all = database.prepare("SELECT model, settings, start_peak_gib, rest_gib FROM memory_uses");
  return {
    set({ model, settings, startPeakGiB, restGiB }: MemoryUse & { model: string; settings: string }): undefined {
      put.run(model, settings, startPeakGiB, restGiB);
    },
    all(): Map<string, MemoryUse> {
      const rows = all.all() as { model: string; settings: string; start_peak_gib: number; rest_gib: number }[];
      return new Map(
        rows.map(({ model, settings, start_peak_gib, rest_gib }) => [
          useKey(model, settings),
          { startPeakGiB: start_peak_gib, restGiB: rest_gib },
        ]),
      );
    },
  };
}
