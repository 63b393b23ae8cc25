import { randomBytes } from "node:crypto";
import { hashSecret } from "../config/secret-hash.ts";
import type { KeyConfig } from "../config/types.ts";

/** For commands on this machine, which read its secret from the home; another one at each start. */
export interface LocalKey {
  secret: string;
  key: KeyConfig;
}

export function makeLocalKey(): LocalKey {
  const secret = randomBytes(32).toString("base64url");
  return {
    secret,
    key: { name: "this machine", hash: hashSecret(secret), models: ["*"], priority: "interactive", admin: true },
  };
}
