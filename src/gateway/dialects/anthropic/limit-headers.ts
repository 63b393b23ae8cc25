/** How full a key's limits are, in the headers of Anthropic's API. https://docs.claude.com/en/api/rate-limits */
import type { Gauge, KeyGauges } from "../../../domain/limits/key-limits.ts";
import { left, tokenGauge } from "../limit-gauges.ts";

/** Names and values in turn. `now`: milliseconds since the epoch. */
export function anthropicLimitHeaders(gauges: KeyGauges, now: number): string[] {
  const named = (what: string, gauge: Gauge | null): string[] => {
    if (gauge === null) return [];
    const reset = new Date(now + Math.ceil(gauge.resetSeconds) * 1000).toISOString().replace(/\.\d+Z$/, "Z");
    return [
      ...[`anthropic-ratelimit-${what}-limit`, String(gauge.limit)],
      ...[`anthropic-ratelimit-${what}-remaining`, String(left(gauge))],
      ...[`anthropic-ratelimit-${what}-reset`, reset],
    ];
  };
  return [...named("requests", gauges.requestsPerMinute), ...named("tokens", tokenGauge(gauges))];
}
