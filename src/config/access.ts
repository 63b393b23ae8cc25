/** Who may use a Hearth, as far as its configuration says; and what no change of its file may do to that. */
import { ConfigError } from "./issue.ts";
import type { LoadedConfig } from "./load.ts";
import { isLoopback } from "./loopback.ts";
import { hashSecret } from "./secret-hash.ts";
import type { Config, KeyConfig } from "./types.ts";

/** Known to everybody who reads the documentation. */
export const wellKnownSecret = "63TestTOKEN0REPLACEME";

/** For a first try on this machine, while nobody has made a key: never an administrator's. */
export const wellKnownKey: KeyConfig = {
  name: "well-known",
  hash: hashSecret(wellKnownSecret),
  models: ["*"],
  priority: "interactive",
  role: "user",
};

/** The keys of file and environment that work. The well-known one is nobody's own, wherever it stands. */
export function ownKeys({ keys }: Pick<Config, "keys">): KeyConfig[] {
  return keys.filter(({ hash }) => hash !== wellKnownKey.hash);
}

/** A sentence for each configured key, or way without one, that does not work. */
export function keyWarnings({ keys, anonymous: { from, models } }: Pick<Config, "keys" | "anonymous">): string[] {
  const known = keys
    .filter(({ hash }) => hash === wellKnownKey.hash)
    .map(({ name }) => `The key "${name}" is passed over: it is the one of the documentation, which everybody knows.`);
  if ((from.length === 0) === (models.length === 0)) return known;
  const missing = from.length === 0 ? "from" : "models";
  return [...known, `Requests without a key are still refused: \`anonymous.${missing}\` is empty.`];
}

type Read = Pick<LoadedConfig, "config" | "places" | "empty">;

/**
 * Refuses a changed file that is probably an accident: emptied, or without its keys where other machines reach Hearth.
 * `bound` is the address that is listened on, whatever the file says now. Throws a ConfigError.
 */
export function refuseAccident(next: Read, before: Pick<Read, "config" | "empty">, bound: string): void {
  const { places } = next;
  if (next.empty && !before.empty) {
    const message =
      "the file is empty now and was not before: probably an accident. If it is meant, start Hearth again.";
    throw new ConfigError([{ ...places.locate([]), path: "", message }]);
  }
  if (isLoopback(bound) || ownKeys(before.config).length === 0 || ownKeys(next.config).length > 0) return;
  const message =
    `all keys are gone while ${bound} is reached from other machines: probably an accident. Keep one, or, if it is ` +
    "meant, start Hearth again.";
  throw new ConfigError([{ ...places.locateKey(["keys"]), path: "keys", message }]);
}
