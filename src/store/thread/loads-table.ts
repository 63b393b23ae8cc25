import type { DatabaseSync } from "node:sqlite";
import { keptLoads } from "../loads.ts";

export function loadsTable(database: DatabaseSync) {
  const insert = database.prepare("INSERT INTO loads (model, seconds, at) VALUES (?, ?, ?)");
  const forget = database.prepare(
    "DELETE FROM loads WHERE model = ?1 AND id NOT IN (SELECT id FROM loads WHERE model = ?1 ORDER BY id DESC LIMIT ?2)",
  );
  const all = database.prepare("SELECT model, seconds FROM loads ORDER BY id");
  return {
    add({ model, seconds, at }: { model: string; seconds: number; at: number }): undefined {
      insert.run(model, seconds, at);
      forget.run(model, keptLoads);
    },
    all(): Map<string, number[]> {
      const rows = all.all() as { model: string; seconds: number }[];
      const groups = Map.groupBy(rows, ({ model }) => model);
      return new Map([...groups].map(([model, loads]) => [model, loads.map(({ seconds }) => seconds)]));
    },
  };
}
