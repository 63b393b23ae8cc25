import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** Keys in the database, beside a running Hearth too; it is not changed, nor made. Null where it cannot be read. */
export function countKeys(file: string): number | null {
  if (!existsSync(file)) return 0;
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: 500 });
    try {
      return database.prepare("SELECT count(*) AS count FROM keys").get()!.count as number;
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}
