import type { DatabaseSync } from "node:sqlite";

/** How long models took to load on this machine, oldest first. */
export interface Loads {
  record(model: string, seconds: number, at: number): void;
  /** The newest loads of a model, oldest of them first. Seconds. */
  of(model: string): number[];
}

/** What estimates look at, and what is kept of each model. */
const kept = 20;

export function loadsIn(database: DatabaseSync): Loads {
  const insert = database.prepare("INSERT INTO loads (model, seconds, at) VALUES (?, ?, ?)");
  const newest = database.prepare("SELECT seconds FROM loads WHERE model = ? ORDER BY id DESC LIMIT ?");
  const forget = database.prepare(
    "DELETE FROM loads WHERE model = ?1 AND id NOT IN (SELECT id FROM loads WHERE model = ?1 ORDER BY id DESC LIMIT ?2)",
  );
  return {
    record(model, seconds, at) {
      insert.run(model, seconds, at);
      forget.run(model, kept);
    },
    of: (model) =>
      newest
        .all(model, kept)
        .map((row) => row.seconds as number)
        .reverse(),
  };
}
