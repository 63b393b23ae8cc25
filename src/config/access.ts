/** Who may use a Hearth for which nobody has made a key. */
import { isIPv4 } from "node:net";
import { ConfigError } from "./issue.ts";
import { hashSecret } from "./secret-hash.ts";
import type { Config, KeyConfig } from "./types.ts";

/** Known to everybody who reads the documentation; it works on a loopback address alone. */
export const wellKnownSecret = "63TestTOKEN0REPLACEME";

const wellKnownKey: KeyConfig = {
  name: "well-known",
  hash: hashSecret(wellKnownSecret),
  models: ["*"],
  priority: "interactive",
  admin: true,
};

/** Whether only programs of this machine reach the address. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}

/**
 * The configured keys; the well-known one where there are none, here or in the database. Throws a ConfigError where
 * that would be open to the network.
 */
export function effectiveKeys(config: Config, storedKeys: number): { keys: KeyConfig[]; wellKnown: boolean } {
  if (config.keys.length > 0 || storedKeys > 0) return { keys: config.keys, wellKnown: false };
  if (isLoopback(config.listen.host)) return { keys: [wellKnownKey], wellKnown: true };
  const message =
    `listens on ${config.listen.host}, which other machines reach, but no key has been made. Set HEARTH_API_KEY, or ` +
    "make one with `hearth keys create me --admin`, or listen on 127.0.0.1.";
  throw new ConfigError([
    { file: config.file ?? "$HEARTH_LISTEN", line: 1, column: 1, length: 1, path: "listen", message },
  ]);
}
