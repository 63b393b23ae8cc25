/** Usage as openapi.json shows it; the compiler holds it to the domain's types. */
import { z } from "zod";
import { text } from "../../config/schema/fields.ts";
import { dayAfter, dayOf, type UsageFilter, usageDimensions } from "../../domain/usage.ts";

const percentiles = z
  .object({ p50: z.number().nullable(), p95: z.number().nullable() })
  .meta({ id: "Percentiles", description: "Right to a tenth; null where there was none." });

const sums = {
  requests: z.int(),
  failed: z.int().meta({ description: "Of the requests, those that ended with an error." }),
  cancelled: z.int().meta({ description: "Of the requests, those whose client went away." }),
  estimated: z.int().meta({ description: "Of the requests, those whose tokens nobody has counted." }),
  tokensIn: z.int(),
  tokensOut: z.int(),
  tokensCached: z.int().meta({ description: "Of `tokensIn`, those from an engine's cache." }),
  tokensReasoning: z.int().meta({ description: "Of `tokensOut`, thoughts." }),
  machineSeconds: z.number().meta({
    description: "Seconds of the machine: at each moment shared among the requests that engines work for.",
  }),
  waitSeconds: z.number().meta({ description: "All waits together." }),
  loadSeconds: z.number().meta({ description: "Of the waits, what models took to load." }),
  loads: z.int().meta({ description: "Loads that these requests caused." }),
  switches: z.int().meta({ description: "Of the loads, those for which another model had to go." }),
};

export const usageRow = z
  .object({
    day: z.string().optional().meta({ description: "`2026-11-25`, in the machine's time zone." }),
    hour: z.number().optional().meta({ description: "When it begins. Seconds since the epoch." }),
    key: z.string().optional(),
    model: z.string().optional().meta({ description: "Empty of requests that came to none." }),
    ...sums,
    kilowattHours: z.number().nullable().meta({ description: "Null while `usage.watts` is not set." }),
    money: z.number().nullable().meta({ description: "Null while `usage.price` is not set." }),
    waitMs: percentiles.optional().meta({ description: "Until an engine was its own. Not of hours." }),
    firstByteMs: percentiles.optional().meta({ description: "Until the engine's first byte. Not of hours." }),
    tokensPerSecond: percentiles.optional().meta({ description: "Of answers once they had begun. Not of hours." }),
  })
  .meta({ id: "UsageRow" });

export const usageAnswer = z.object({
  from: z.string().meta({ description: "The first day." }),
  to: z.string().meta({ description: "The last day." }),
  by: z.array(z.enum(usageDimensions)),
  currency: z.string(),
  rows: z.array(usageRow),
  total: usageRow,
});

const dayHint = "a day such as 2026-11-25";
const day = () =>
  z
    .string()
    .refine((value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && dayAfter(value, 0) === value, { error: dayHint })
    .optional();

const byHint = `any of ${usageDimensions.join(", ")}, with commas`;

const period = {
  from: day().meta({ description: "The first day, in the machine's time zone. Default: 30 days in all." }),
  to: day().meta({ description: "The last day. Default: today." }),
  by: z
    .string()
    .regex(new RegExp(`^(?:${usageDimensions.join("|")})(?:,(?:${usageDimensions.join("|")}))*$`), { error: byHint })
    .prefault("key")
    .transform((value) => usageDimensions.filter((one) => value.split(",").includes(one)))
    .meta({ description: `What is told apart: ${byHint}.` }),
  model: text().optional().meta({ description: "Of this model alone." }),
};

export const ownUsageQuery = z.strictObject(period);
export const usageQuery = z.strictObject({
  ...period,
  key: text().optional().meta({ description: "Of the key of this name alone." }),
});

/** Hours are many: no more days of them at once. */
const mostDaysOfHours = 31;

/** With its days, as they are meant today. */
export function usageFilter(query: z.output<typeof usageQuery>, today = dayOf(Date.now() / 1000)): UsageFilter {
  const to = query.to ?? today;
  const from = query.from ?? dayAfter(to, -29);
  const first = dayAfter(to, 1 - mostDaysOfHours);
  return { ...query, to, from: query.by.includes("hour") && from < first ? first : from };
}
