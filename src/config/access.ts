/** Who may use a Hearth for which nobody has made a key. */
import { ConfigError } from "./issue.ts";
import type { LoadedConfig } from "./load.ts";
import { isLoopback } from "./loopback.ts";
import { hashSecret } from "./secret-hash.ts";
import type { KeyConfig } from "./types.ts";

/** Known to everybody who reads the documentation; it works on a loopback address alone. */
export const wellKnownSecret = "63TestTOKEN0REPLACEME";

const wellKnownKey: KeyConfig = {
  name: "well-known",
  hash: hashSecret(wellKnownSecret),
  models: ["*"],
  priority: "interactive",
  admin: true,
};

/**
 * The configured keys; the well-known one where there are none, here or in the database, and it `mayBeWellKnown`: at
 * the start alone, since no change of a file may open what keys of one's own have closed. Throws a ConfigError where no
 * key would be left, or the well-known one would be open to the network.
 */
export function effectiveKeys(
  { config: { keys, listen }, places }: Pick<LoadedConfig, "config" | "places">,
  storedKeys: number,
  mayBeWellKnown: boolean,
): { keys: KeyConfig[]; wellKnown: boolean } {
  if (keys.length > 0 || storedKeys > 0) return { keys, wellKnown: false };
  if (!mayBeWellKnown) throw new ConfigError([{ ...places.locateKey(["keys"]), path: "keys", message: noKeyLeft }]);
  if (isLoopback(listen.host)) return { keys: [wellKnownKey], wellKnown: true };
  const message =
    `listens on ${listen.host}, which other machines reach, but no key has been made. Set HEARTH_API_KEY, or ` +
    "make one with `hearth keys create me --admin`, or listen on 127.0.0.1.";
  throw new ConfigError([{ ...places.locate(["listen"]), path: "listen", message }]);
}

const noKeyLeft =
  "no key would be left, and the well-known one comes back with no change of this file. Keep a key here, or make one " +
  "first with `hearth keys create me --admin`.";
