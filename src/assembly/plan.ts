/**
 * What a configuration comes to on this machine: everything that can be wrong with it is found here, before any of it
 * is applied. Gateway and waker take their parts of the plan as they are.
 */
import type { Catalog } from "../catalog/catalog-model.ts";
import { resolveModels } from "../catalog/resolve.ts";
import { keyWarnings, ownKeys, refuseAccident } from "../config/access.ts";
import { ConfigError, pathText } from "../config/issue.ts";
import type { LoadedConfig } from "../config/load.ts";
import type { Config, KeyConfig } from "../config/types.ts";
import { virtualWarnings } from "../config/virtual-warnings.ts";
import { type EnginePlace, missingHere } from "../domain/engine-place.ts";
import { type HostMemory, memoryLimits, wantedMemory } from "../domain/memory.ts";
import type { ModelSpec } from "../domain/model.ts";
import { type GatewayPlan, gatewayPlan } from "../gateway/plan.ts";
import { type WakerPlan, wakerPlan } from "../waker/plan.ts";
import { missingWarnings, refusedHere } from "./missing-here.ts";
import { unservedModels } from "./unserved.ts";

export interface Plan {
  config: Config;
  /** The models to serve. */
  specs: ModelSpec[];
  gateway: GatewayPlan;
  waker: WakerPlan;
  /** Somebody has a key of his own in it. */
  ownKeys: boolean;
  /** The file says nothing. */
  empty: boolean;
  /** What is listened on, from the start to the end. */
  bound: Config["listen"];
  /** Sentences about what is probably not meant, but harmless. */
  warnings: string[];
}

/** What a plan depends on beside the configuration, as it is now. */
export interface PlanMachine {
  catalog: Catalog;
  /** Null where engines run elsewhere, under a waker of their own. */
  engines: EnginePlace | null;
  /** Null where clients are served elsewhere, by gateways of their own. */
  clients: { adminKey: KeyConfig } | null;
}

/** What was read of a configuration. */
export type Read = Pick<LoadedConfig, "config" | "places" | "empty">;

/** `before`: the plan that this one replaces, null at the start. Pure. Throws a ConfigError with every place. */
export function planOf(read: Read, { catalog, engines, clients }: PlanMachine, before: Plan | null): Plan {
  const { config, empty } = read;
  const bound = before?.bound ?? config.listen;
  if (before !== null) refuseAccident(read, before, bound.host);
  const specs = modelsOf(config, catalog, engines);
  if (engines !== null) refuseNoMemory(read, engines.memory);
  const keys = ownKeys(config);
  return {
    config,
    specs,
    gateway: gatewayPlan(
      config,
      clients === null ? keys : [...keys, clients.adminKey],
      bound.host,
      clients === null ? [] : unservedModels(config, catalog, specs, engines),
    ),
    waker: wakerPlan(config, specs, engines?.memory ?? nowhere),
    ownKeys: keys.length > 0,
    empty,
    bound,
    warnings: [
      ...keyWarnings(config),
      ...virtualWarnings(config.virtual, specs),
      ...(engines === null ? [] : missingWarnings(specs, engines)),
    ],
  };
}

const nowhere: HostMemory = { totalGiB: 0, availableGiB: 0 };

/** Of the catalog what this machine can run; what somebody asked for by name is kept, and says why it cannot start. */
function modelsOf(config: Config, catalog: Catalog, engines: EnginePlace | null): ModelSpec[] {
  const all = specsFor(config, catalog);
  if (engines === null) return all;
  if (config.models.length > 0) return all.map((spec) => refusedHere(spec, engines));
  return all.filter((spec) => missingHere(spec, engines) === null);
}

/** The configured models, or the whole catalog, with the policy's defaults. */
export function specsFor({ models, policy }: Config, catalog: Catalog): ModelSpec[] {
  return resolveModels(models, catalog, policy);
}

function refuseNoMemory({ config: { memory }, places }: Read, { totalGiB }: HostMemory): void {
  if (memory.floor === "auto" || totalGiB === 0) return;
  const { floorGiB } = memoryLimits(wantedMemory(memory), totalGiB);
  if (floorGiB < totalGiB) return;
  const path = ["memory", "floor"];
  const message = `expected less than the ${totalGiB.toFixed(1)} GiB of this machine: nothing is left for engines.`;
  throw new ConfigError([{ ...places.locate(path), path: pathText(path), message }]);
}
