/** The gateway's part of a plan: what a configuration means for it, already judged, so that applying it cannot fail. */

import { isLoopback } from "../config/loopback.ts";
import type { Config, KeyConfig } from "../config/types.ts";
import type { UnservedModel } from "../domain/unserved.ts";
import { type Anonymous, anonymousOf } from "./http/anonymous.ts";
import { type DigestedKey, digested } from "./http/auth.ts";
import { type Settings, settingsOf } from "./settings.ts";

export interface GatewayPlan {
  /** Every key that works beside those of the store. */
  keys: DigestedKey[];
  settings: Settings;
  /** Null where every request needs a key. */
  anonymous: Anonymous | null;
  /** Of web pages that may call Hearth. */
  origins: string[];
  /** Only programs of this machine reach it. */
  loopback: boolean;
  /** By which clients call this server. */
  hosts: string[];
  /** Of the catalog. */
  unserved: UnservedModel[];
}

/** `keys`: those that work, which are more than the configuration's own. `bound`: the address that is listened on. */
export function gatewayPlan(
  config: Pick<Config, "policy" | "limits" | "virtual" | "cors" | "hosts" | "metrics" | "responses" | "anonymous">,
  keys: KeyConfig[],
  bound: string,
  unserved: UnservedModel[],
): GatewayPlan {
  const { cors, hosts } = config;
  return {
    keys: digested(keys),
    settings: settingsOf(config, process.availableMemory()),
    anonymous: anonymousOf(config.anonymous),
    origins: cors.origins,
    hosts: [...hosts, bound],
    loopback: isLoopback(bound),
    unserved,
  };
}
