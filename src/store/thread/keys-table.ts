import type { DatabaseSync } from "node:sqlite";
import type { StoredKey } from "../rows.ts";

export function keysTable(database: DatabaseSync) {
  const insert = database.prepare(
    "INSERT INTO keys (name, hash, models, priority, admin, created_at) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const all = database.prepare("SELECT * FROM keys ORDER BY created_at, name");
  const remove = database.prepare("DELETE FROM keys WHERE name = ?");
  return {
    add({ name, hash, models, priority, admin, createdAt }: StoredKey): undefined {
      insert.run(name, hash, JSON.stringify(models), priority, admin ? 1 : 0, createdAt);
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
    admin: row.admin === 1,
    createdAt: row.created_at as number,
  };
}
