/** What a configuration comes to on this machine: models, and who may use them. */
import { readCatalog } from "../catalog/catalog.ts";
import { resolveModels } from "../catalog/resolve.ts";
import { effectiveKeys } from "../config/access.ts";
import type { Config, KeyConfig } from "../config/types.ts";
import type { ModelSpec } from "../domain/model.ts";
import { hashSecret } from "../store/keys.ts";
import type { Driver } from "../waker/driver.ts";

/** Of the catalog what this machine can run; what somebody asked for by name is kept, and says why it cannot start. */
export function modelsFor(config: Config, drivers: Driver[]): ModelSpec[] {
  const all = resolveModels(config.models, readCatalog());
  return config.models.length > 0 ? all : all.filter((spec) => drivers.some((driver) => driver.runs(spec)));
}

/** The configuration with every key that works; `token` is the one of commands on this machine. */
export function withKeys(config: Config, storedKeys: number, token: string): { config: Config; wellKnownKey: boolean } {
  const { keys, wellKnown } = effectiveKeys(config, storedKeys);
  const local: KeyConfig = {
    name: "this machine",
    hash: hashSecret(token),
    models: ["*"],
    priority: "interactive",
    admin: true,
  };
  return { config: { ...config, keys: [...keys, local] }, wellKnownKey: wellKnown };
}
