import type { ModelFields } from "../config/schema/model.ts";
import { policySchema } from "../config/schema/policy.ts";
import type { Config } from "../config/types.ts";
import type { ModelPolicy } from "../domain/model-policy.ts";

/** What of the general policy holds for a model that does not say otherwise. */
export type PolicyDefaults = Pick<Config["policy"], "idleStop">;

/** Where nobody has configured anything. */
export const usualPolicy: PolicyDefaults = policySchema.parse({});

/** The section of a model's entry, with the defaults merged in: here and nowhere else. */
export function modelPolicy(fields: ModelFields, defaults: PolicyDefaults): ModelPolicy {
  return {
    lifecycle: fields.lifecycle ?? "normal",
    pinned: fields.pinned ?? false,
    idleStopSeconds: fields.idleStop ?? defaults.idleStop,
    warm: fields.warm ?? null,
  };
}
