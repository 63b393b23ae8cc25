import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";

/** The name of this home among others on the machine; made where there is none. */
export function instanceIn(database: DatabaseSync): string {
  const known = database.prepare("SELECT value FROM meta WHERE name = 'instance'");
  const row = known.get();
  if (row !== undefined) return row.value as string;
  database
    .prepare("INSERT OR IGNORE INTO meta (name, value) VALUES ('instance', ?)")
    .run(randomBytes(8).toString("hex"));
  return known.get()!.value as string;
}
