/** A key as openapi.json shows it: never its secret, nor a hash of that. */
import { z } from "zod";
import { keyFields, keyLimits, roles } from "../../config/schema/key.ts";
import type { KeyConfig } from "../../config/types.ts";
import { capabilities } from "../../domain/model.ts";
import type { StoredKey } from "../../store/rows.ts";

/** What a key may do, as it was set. */
const shown = {
  name: z.string(),
  models: z.array(z.string()),
  priority: z.enum(["interactive", "batch"]),
  role: z.enum(roles),
  capabilities: z.array(z.enum(capabilities)).optional().meta({ description: "Absent: for everything." }),
  limits: keyLimits.optional().meta({ description: "Absent: as much as it likes." }),
  hours: z.string().optional().meta({ description: "Absent: always." }),
  expires: z.string().optional().meta({ description: "Absent: never." }),
  showWaiting: z.enum(["comment", "thinking"]).optional(),
  note: z.string().optional(),
};

export const configuredKey = z
  .object({
    ...shown,
    lastUsedAt: z.number().nullable().meta({ description: "When its last request ended. Seconds since the epoch." }),
  })
  .meta({ id: "ConfiguredKey" });

export const keyView = z
  .object({
    ...shown,
    lastUsedAt: z.number().nullable().meta({ description: "When its last request ended. Seconds since the epoch." }),
    createdAt: z.number().meta({ description: "Seconds since the epoch." }),
    createdBy: z.string().nullable().meta({ description: "Name of the key that made it." }),
    prefix: z.string().nullable().meta({ description: "How its secret begins, to recognise it by." }),
  })
  .meta({ id: "Key" });

export const newKey = z.strictObject(keyFields);
const { name: _, ...settings } = keyFields;
export const keySettings = z.strictObject(settings);

export function viewOfConfigured({ hash: _, fixups: __, ...key }: KeyConfig, lastUsedAt: number | null) {
  return { ...key, lastUsedAt };
}

export function viewOf({ hash: _, fixups: __, ...key }: StoredKey, lastUsedAt: number | null) {
  return { ...key, lastUsedAt };
}
