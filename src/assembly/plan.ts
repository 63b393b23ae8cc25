/** What a configuration comes to on this machine: models, and who may use them. */
import { readCatalog } from "../catalog/catalog.ts";
import { resolveModels } from "../catalog/resolve.ts";
import { effectiveKeys } from "../config/access.ts";
import { hashSecret } from "../config/secret-hash.ts";
import type { Config, KeyConfig } from "../config/types.ts";
import { usesGpu } from "../domain/memory.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { Machine } from "./machine.ts";

/** Of the catalog what this machine can run; what somebody asked for by name is kept, and says why it cannot start. */
export function modelsFor(config: Config, machine: Machine): ModelSpec[] {
  const { drivers, gpu } = machine;
  const all = specsFor(config);
  if (config.models.length > 0) return all;
  return all.filter((spec) => (gpu || !usesGpu(spec)) && drivers.some((driver) => driver.runs(spec)));
}

/** The configured models, or the whole catalog. */
export function specsFor({ models }: Config): ModelSpec[] {
  // Reading the catalog takes a fifth of a second: only where it is asked for.
  const fromCatalog = models.length === 0 || models.some(({ use }) => use !== undefined);
  return resolveModels(models, fromCatalog ? readCatalog() : new Map());
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
