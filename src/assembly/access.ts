/** Who may come in beside the keys of the configuration and the store's: the installation itself, and who only tries it. */
import type { Logger } from "pino";
import { hashSecret } from "../config/secret-hash.ts";
import type { KeyConfig } from "../config/types.ts";
import { openAdminKey } from "../control/admin-key.ts";
import type { Store } from "../store/store.ts";

export interface Access {
  /** The admin key of this installation. */
  adminKey: KeyConfig;
  secret: string;
  /** It was made at this start: whoever started it has not seen it yet. */
  made: boolean;
}

/**
 * Makes the admin key where there is none. A database without a past in a home that has one has been lost: keys may have
 * existed, so the well-known one stays off.
 */
export function openAccess(home: string, store: Pick<Store, "ownKeys">, log: Pick<Logger, "warn">): Access {
  const { secret, made } = openAdminKey(home);
  if (store.ownKeys.state === "unknown") {
    store.ownKeys.set(made ? "never" : "ever");
    if (!made) log.warn(`the database in ${home} is new, though its home is not: keys that were made before are gone`);
  }
  const adminKey: KeyConfig = {
    name: "installation",
    hash: hashSecret(secret),
    models: ["*"],
    priority: "interactive",
    role: "admin",
  };
  return { adminKey, secret, made };
}
