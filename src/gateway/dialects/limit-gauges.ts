/** What clients of any API are told of a key's limits. */
import type { Gauge, KeyGauges } from "../../domain/limits/key-limits.ts";

export function left({ limit, used }: Gauge): number {
  return Math.max(0, limit - used);
}

/** The APIs have room for one limit of tokens: that which has least left. */
export function tokenGauge({ tokensPerMinute, tokensPerDay, tokensPerMonth }: KeyGauges): Gauge | null {
  const gauges = [tokensPerMinute, tokensPerDay, tokensPerMonth].filter((gauge) => gauge !== null);
  return gauges.toSorted((a, b) => left(a) - left(b))[0] ?? null;
}
