/** Holds each key to what it may use: its limits and its hours. What counts is in memory; no request waits for a disk. */
import { opensIn } from "../../config/key-times.ts";
import type { KeyConfig } from "../../config/types.ts";
import type { KeyGauges, KeyLimits, LimitReached, LimitTime } from "../../domain/limits/key-limits.ts";
import { Meter } from "../../domain/limits/meter.ts";
import { Problem } from "../../domain/problem.ts";

/** Tokens that a key has used on a day, `2026-11-25`. */
export interface Spent {
  key: string;
  day: string;
  tokens: number;
}

export class AllKeyLimits {
  readonly #meters = new Map<string, Meter>();
  readonly #now: () => LimitTime;

  /** `spent`: before this start, of this month. */
  constructor(spent: Spent[], now = clocks) {
    this.#now = now;
    for (const [key, days] of Map.groupBy(spent, ({ key }) => key)) {
      this.#meters.set(key, new Meter(days.map(({ day, tokens }) => [day, tokens])));
    }
  }

  /**
   * Takes a request. `estimate`: its tokens, roughly. Returns what is to be called once when it is over, with the tokens that it
   * came to. Throws a Problem (429).
   */
  begin(key: KeyConfig, estimate: number): (tokens: number) => void {
    const { limits = {} } = key;
    const now = this.#now();
    const closedFor = opensIn(key, new Date(now.wall * 1000));
    if (closedFor > 0) throw closed(key, closedFor);
    const meter = this.#meterOf(key);
    const reached = meter.begin(limits, estimate, now);
    if (reached !== null) throw full(key, limits, reached);
    return (tokens) => meter.end(estimate, tokens, this.#now());
  }

  /** How full the limits of a key are. */
  gauges(key: KeyConfig): KeyGauges {
    return this.#meterOf(key).gauges(key.limits ?? {}, this.#now());
  }

  #meterOf({ name }: KeyConfig): Meter {
    let meter = this.#meters.get(name);
    if (meter === undefined) {
      meter = new Meter();
      this.#meters.set(name, meter);
    }
    return meter;
  }
}

function clocks(): LimitTime {
  return { steady: performance.now() / 1000, wall: Date.now() / 1000 };
}

const words: Record<keyof KeyLimits, string> = {
  requestsPerMinute: "requests a minute",
  tokensPerMinute: "tokens a minute",
  tokensPerDay: "tokens a day",
  tokensPerMonth: "tokens a month",
  concurrent: "requests at once",
};

function full({ name }: KeyConfig, limits: KeyLimits, { limit, retryAfterSeconds }: LimitReached): Problem {
  const isQuota = limit === "tokensPerDay" || limit === "tokensPerMonth";
  const when = limit === "concurrent" ? "Wait until one of them is over" : `Ask again in ${lasting(retryAfterSeconds)}`;
  const message = `The key "${name}" may use ${limits[limit]} ${words[limit]}, and has. ${when}, or have its limits raised.`;
  return new Problem(isQuota ? "quota_exceeded" : "rate_limit_exceeded", message, {
    retryAfterSeconds,
    data: { limit },
  });
}

function closed({ name, hours }: KeyConfig, retryAfterSeconds: number): Problem {
  const message = `The key "${name}" may be used ${hours}: again in ${lasting(retryAfterSeconds)}.`;
  return new Problem("outside_hours", message, { retryAfterSeconds });
}

function lasting(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
