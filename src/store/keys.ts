/** Keys that were made while running. All of them are in memory, so that a request waits for no disk. */
import { randomBytes } from "node:crypto";
import { hashSecret } from "../config/secret-hash.ts";
import type { KeyConfig } from "../config/types.ts";
import { Problem } from "../domain/problem.ts";
import type { Outbox } from "./outbox.ts";
import type { OwnKeys } from "./own-keys.ts";
import { patiently } from "./patience.ts";
import type { StoredKey } from "./rows.ts";

/** What somebody may say of a key; the rest is its own. */
export type KeySettings = Omit<KeyConfig, "hash">;

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
  create(wanted: KeySettings, by?: string): Promise<MadeKey>;
  list(): StoredKey[];
  /** Has a key do what these settings say from now on; its secret stays. Null where there is none. As `create` otherwise. */
  change(wanted: KeySettings): Promise<StoredKey | null>;
  /** A new secret in place of the old one, which no longer works. Null where there is none. As `create` otherwise. */
  rotate(name: string): Promise<{ key: StoredKey; secret: string } | null>;
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
  /** Names whose keys are refused, on disk or not yet: no change that is under way brings them back. */
  const revoked = new Set<string>();

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
    revoked.delete(name);
  }

  async function replace(key: StoredKey): Promise<void> {
    const writing = outbox.ask("setKey", key).then(() => {
      const present = byName.get(key.name);
      if (present === undefined || revoked.has(key.name)) return;
      byHash.delete(present.hash);
      byName.set(key.name, key);
      byHash.set(key.hash, key);
    });
    await written(writing, `The key "${key.name}" could not be written: it is as it was.`);
  }

  return {
    async create(wanted, by = "") {
      const { name } = wanted;
      if (byName.has(name) || promised.has(name)) {
        throw new Problem("invalid_request", `A key named "${name}" exists. Revoke it first, or choose another name.`, {
          param: "name",
        });
      }
      const { secret, ...hidden } = newSecret();
      const key = { ...wanted, ...hidden, createdAt: Date.now() / 1000, createdBy: by || null };
      const first = ownKeys.state !== "ever";
      await written(add(key), `The key "${name}" could not be written: it does not work.`);
      return { key, secret, first };
    },
    list: () => [...byName.values()],
    async change(wanted) {
      const before = byName.get(wanted.name);
      if (before === undefined) return null;
      const { hash, prefix, createdAt, createdBy } = before;
      const key = { ...wanted, hash, prefix, createdAt, createdBy };
      await replace(key);
      return key;
    },
    async rotate(name) {
      const before = byName.get(name);
      if (before === undefined) return null;
      const { secret, ...hidden } = newSecret();
      const key = { ...before, ...hidden };
      await replace(key);
      return { key, secret };
    },
    async revoke(name) {
      const key = byName.get(name);
      if (key === undefined) return false;
      byHash.delete(key.hash);
      revoked.add(name);
      await written(remove(name), `The key "${name}" is refused from now on, but would work again after a restart.`);
      return true;
    },
    findByHash: (hash) => byHash.get(hash) ?? null,
  };
}

/** So much of a secret is shown again, which is far from enough to guess the rest. */
const shownCharacters = "sk-hearth-".length + 4;

function newSecret(): { secret: string } & Pick<StoredKey, "hash" | "prefix"> {
  const secret = `sk-hearth-${randomBytes(24).toString("base64url")}`;
  return { secret, hash: hashSecret(secret), prefix: secret.slice(0, shownCharacters) };
}

/** `failed`: what it means where the disk refuses. Rejects with a Problem (`store_unavailable`). */
async function written(writing: Promise<void>, failed: string): Promise<void> {
  try {
    await patiently(writing);
  } catch (error) {
    throw new Problem("store_unavailable", `${failed} ${(error as Error).message} Then do it again.`);
  }
}
