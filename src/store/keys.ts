/** Keys that were made while running. All of them are in memory, so that a request waits for no disk. */
import { randomBytes } from "node:crypto";
import { hashSecret } from "../config/secret-hash.ts";
import type { KeyConfig } from "../config/types.ts";
import { Problem } from "../domain/problem.ts";
import type { Outbox } from "./outbox.ts";
import type { OwnKeys } from "./own-keys.ts";
import { patiently } from "./patience.ts";
import type { StoredKey } from "./rows.ts";

export interface MadeKey {
  key: StoredKey;
  secret: string;
  /** The first that anybody has here: from now on the well-known one no longer works. */
  first: boolean;
}

export interface Keys {
  /**
   * Makes a key; its secret is returned here and never again. Resolves once it is on disk. Rejects with a Problem where
   * the name is taken, or where the disk refuses (`store_unavailable`): then there is no such key.
   */
  create(wanted: Omit<KeyConfig, "hash">): Promise<MadeKey>;
  list(): StoredKey[];
  /**
   * False where there is none of that name. It is refused from this moment on; resolves once that is on disk, and
   * rejects with a Problem (`store_unavailable`) where it would work again after a restart.
   */
  revoke(name: string): Promise<boolean>;
  /** `hash` is `sha256:<hex>` of the secret that a client presented. */
  findByHash(hash: string): StoredKey | null;
}

export function storedKeys(outbox: Outbox, found: StoredKey[], ownKeys: OwnKeys): Keys {
  const byName = new Map(found.map((key) => [key.name, key]));
  const byHash = new Map(found.map((key) => [key.hash, key]));
  /** Names that are being made: two creations at once must not both succeed. */
  const promised = new Set<string>();

  /** What is here follows what is on disk, also where nobody waits for it any more. */
  async function add(key: StoredKey): Promise<void> {
    promised.add(key.name);
    try {
      await outbox.ask("addKey", key);
      byName.set(key.name, key);
      byHash.set(key.hash, key);
      ownKeys.set("ever");
    } finally {
      promised.delete(key.name);
    }
  }

  async function remove(name: string): Promise<void> {
    await outbox.ask("removeKey", { name });
    byName.delete(name);
  }

  return {
    async create({ name, models, priority, role }) {
      if (byName.has(name) || promised.has(name)) {
        throw new Problem("invalid_request", `A key named "${name}" exists. Revoke it first, or choose another name.`, {
          param: "name",
        });
      }
      const secret = `sk-hearth-${randomBytes(24).toString("base64url")}`;
      const key = { name, hash: hashSecret(secret), models, priority, role, createdAt: Date.now() / 1000 };
      const first = ownKeys.state !== "ever";
      await patiently(add(key)).catch((error) => {
        throw unavailable(`The key "${name}" could not be written: it does not work.`, error);
      });
      return { key, secret, first };
    },
    list: () => [...byName.values()],
    async revoke(name) {
      const key = byName.get(name);
      if (key === undefined) return false;
      byHash.delete(key.hash);
      await patiently(remove(name)).catch((error) => {
        throw unavailable(`The key "${name}" is refused from now on, but would work again after a restart.`, error);
      });
      return true;
    },
    findByHash: (hash) => byHash.get(hash) ?? null,
  };
}

function unavailable(what: string, error: Error): Problem {
  return new Problem("store_unavailable", `${what} ${error.message} Then do it again.`);
}
