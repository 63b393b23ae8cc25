import type { DatabaseSync } from "node:sqlite";
import type { StoredKey } from "../rows.ts";
import { inTransaction } from "./database.ts";
import { ownKeysRow } from "./own-keys-row.ts";

export function keysTable(database: DatabaseSync) {
  const ownKeys = ownKeysRow(database);
  const insert = database.prepare(
    `INSERT INTO keys (name, created_at, created_by, hash, prefix, models, priority, role, options)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    "UPDATE keys SET hash = ?, prefix = ?, models = ?, priority = ?, role = ?, options = ? WHERE name = ?",
  );
  const all = database.prepare("SELECT * FROM keys ORDER BY created_at, name");
  const remove = database.prepare("DELETE FROM keys WHERE name = ?");
  return {
    /** From the first one on there have been keys, whatever becomes of it. */
    add(key: StoredKey): undefined {
      inTransaction(database, () => {
        insert.run(key.name, key.createdAt, key.createdBy, ...changeable(key));
        ownKeys.set("ever");
      });
    },
    /** All but its name, and who made it when. */
    set(key: StoredKey): undefined {
      update.run(...changeable(key), key.name);
    },
    remove({ name }: { name: string }): undefined {
      remove.run(name);
    },
    all: () => all.all().map(keyOf),
  };
}

function changeable(key: StoredKey) {
  const { name: _, createdAt: __, createdBy: ___, hash, prefix, models, priority, role, ...options } = key;
  return [hash, prefix, JSON.stringify(models), priority, role, JSON.stringify(options)];
}

function keyOf(row: Record<string, unknown>): StoredKey {
  return {
    ...(JSON.parse(row.options as string) as Partial<StoredKey>),
    name: row.name as string,
    hash: row.hash as string,
    models: JSON.parse(row.models as string) as string[],
    priority: row.priority as StoredKey["priority"],
    role: row.role as StoredKey["role"],
    createdAt: row.created_at as number,
    createdBy: row.created_by as string | null,
    prefix: row.prefix as string | null,
  };
}
