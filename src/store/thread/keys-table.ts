import type { DatabaseSync } from "node:sqlite";
import type { StoredKey } from "../rows.ts";
import { inTransaction } from "./database.ts";
import { ownKeysRow } from "./own-keys-row.ts";

export function keysTable(database: DatabaseSync) {
  const ownKeys = ownKeysRow(database);
  const insert = database.prepare(
    "INSERT INTO keys (name, hash, models, priority, role, created_at) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const all = database.prepare("SELECT * FROM keys ORDER BY created_at, name");
  const remove = database.prepare("DELETE FROM keys WHERE name = ?");
  return {
    /** From the first one on there have been keys, whatever becomes of it. */
    add({ name, hash, models, priority, role, createdAt }: StoredKey): undefined {
      inTransaction(database, () => {
        insert.run(name, hash, JSON.stringify(models), priority, role, createdAt);
        ownKeys.set("ever");
      });
    },
    remove({ name }: { name: string }): undefined {
      remove.run(name);
    },
    all: () => all.all().map(keyOf),
  };
}

function keyOf(row: Record<string, unknown>): StoredKey {
  return {
    name: row.name as string,
    hash: row.hash as string,
    models: JSON.parse(row.models as string) as string[],
    priority: row.priority as StoredKey["priority"],
    role: row.role as StoredKey["role"],
    createdAt: row.created_at as number,
  };
}
