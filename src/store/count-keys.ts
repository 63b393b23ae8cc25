import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { ownKeysRow } from "./thread/own-keys-row.ts";

export interface KeyCount {
  count: number;
  /** There are keys of one's own, or there have been. */
  ever: boolean;
}

/** Of the database, beside a running Hearth too; it is not changed, nor made. Null where it cannot be read. */
export function countKeys(file: string): KeyCount | null {
  if (!existsSync(file)) return { count: 0, ever: false };
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: 500 });
    try {
      const count = database.prepare("SELECT count(*) AS count FROM keys").get()!.count as number;
      return { count, ever: ownKeysRow(database).get() === "ever" };
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}
