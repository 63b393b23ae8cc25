import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { hashSecret } from "../config/secret-hash.ts";
import type { KeyConfig } from "../config/types.ts";
import { Problem } from "../domain/problem.ts";

/** A key that was made by `hearth keys create` or in the console, beside those of hearth.yaml. */
export interface StoredKey extends KeyConfig {
  /** Seconds since the epoch. */
  createdAt: number;
}

export interface Keys {
  /** Makes a key; its secret is returned here and never again. Throws a Problem where the name is taken. */
  create(wanted: Omit<KeyConfig, "hash">): { key: StoredKey; secret: string };
  list(): StoredKey[];
  /** False where there is none of that name. */
  revoke(name: string): boolean;
  /** `hash` is `sha256:<hex>` of the secret that a client presented. */
  findByHash(hash: string): StoredKey | null;
}

export function keysIn(database: DatabaseSync): Keys {
  const insert = database.prepare(
    "INSERT INTO keys (name, hash, models, priority, admin, created_at) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const all = database.prepare("SELECT * FROM keys ORDER BY created_at, name");
  const byName = database.prepare("SELECT * FROM keys WHERE name = ?");
  const byHash = database.prepare("SELECT * FROM keys WHERE hash = ?");
  const remove = database.prepare("DELETE FROM keys WHERE name = ?");
  return {
    create({ name, models, priority, admin }) {
      if (byName.get(name) !== undefined) {
        throw new Problem("invalid_request", `A key named "${name}" exists. Revoke it first, or choose another name.`, {
          param: "name",
        });
      }
      const secret = `sk-hearth-${randomBytes(24).toString("base64url")}`;
      const createdAt = Date.now() / 1000;
      const hash = hashSecret(secret);
      insert.run(name, hash, JSON.stringify(models), priority, admin ? 1 : 0, createdAt);
      return { key: { name, hash, models, priority, admin, createdAt }, secret };
    },
    list: () => all.all().map(keyOf),
    revoke: (name) => remove.run(name).changes > 0,
    findByHash(hash) {
      const row = byHash.get(hash);
      return row === undefined ? null : keyOf(row);
    },
  };
}

function keyOf(row: Record<string, unknown>): StoredKey {
  return {
    name: row.name as string,
    hash: row.hash as string,
    models: JSON.parse(row.models as string) as string[],
    priority: row.priority as KeyConfig["priority"],
    admin: row.admin === 1,
    createdAt: row.created_at as number,
  };
}
