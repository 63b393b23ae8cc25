/** How full a key's limits are, in the headers of OpenAI's API. https://platform.openai.com/docs/guides/rate-limits */
import type { Gauge, KeyGauges } from "../../../domain/limits/key-limits.ts";
import { left, tokenGauge } from "../limit-gauges.ts";

/** Names and values in turn. */
export function openaiLimitHeaders(gauges: KeyGauges): string[] {
  return [...named("requests", gauges.requestsPerMinute), ...named("tokens", tokenGauge(gauges))];
}

function named(what: string, gauge: Gauge | null): string[] {
  if (gauge === null) return [];
  return [
    ...[`x-ratelimit-limit-${what}`, String(gauge.limit)],
    ...[`x-ratelimit-remaining-${what}`, String(left(gauge))],
    ...[`x-ratelimit-reset-${what}`, duration(gauge.resetSeconds)],
  ];
}

/** As `1h2m3s`. */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return `${hours > 0 ? `${hours}h` : ""}${hours > 0 || minutes > 0 ? `${minutes}m` : ""}${whole % 60}s`;
}
