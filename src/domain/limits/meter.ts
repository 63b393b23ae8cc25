/**
 * What one key uses, held against its limits. A request is taken while every limit has room left; what it comes to in tokens is
 * known only at its end, so an estimate is held back meanwhile: many at once cannot run far over a limit, and one that is
 * larger than what is left is still served.
 */
import { dayAfter, dayOf, dayStart } from "../usage.ts";
import { DayCounts } from "./day-counts.ts";
import {
  type Gauge,
  type KeyGauges,
  type KeyLimits,
  type LimitReached,
  type LimitTime,
  limitNames,
} from "./key-limits.ts";
import { MinuteWindow } from "./minute-window.ts";

/** Where a limit is reached by what runs, nobody knows when that ends. */
const usualAnswerSeconds = 5;

export class Meter {
  readonly #requests = new MinuteWindow();
  readonly #tokens = new MinuteWindow();
  readonly #days: DayCounts;
  #running = 0;
  /** Estimates of those that run. */
  #heldBack = 0;

  /** Tokens of earlier days, and of this one before a restart. */
  constructor(days: Iterable<[string, number]> = []) {
    this.#days = new DayCounts(days);
  }

  /** Takes a request, and holds its estimated tokens back until `end`; or says which limit it meets, and nothing is counted. */
  begin(limits: KeyLimits, estimate: number, now: LimitTime): LimitReached | null {
    const reached = this.#reached(limits, now);
    if (reached !== null) return reached;
    this.#running += 1;
    this.#heldBack += estimate;
    this.#requests.add(1, now.steady);
    return null;
  }

  /** A request that was taken is over. `tokens`: what it came to. */
  end(estimate: number, tokens: number, now: LimitTime): void {
    this.#running -= 1;
    this.#heldBack -= estimate;
    this.#tokens.add(tokens, now.steady);
    this.#days.add(dayOf(now.wall), tokens);
  }

  gauges(limits: KeyLimits, now: LimitTime): KeyGauges {
    const uses = this.#uses(now);
    const gauge = (name: keyof KeyLimits): Gauge | null => {
      const { counted, freeIn } = uses[name];
      const limit = limits[name];
      return limit === undefined ? null : { limit, used: counted, resetSeconds: counted === 0 ? 0 : freeIn(1) };
    };
    return {
      requestsPerMinute: gauge("requestsPerMinute"),
      tokensPerMinute: gauge("tokensPerMinute"),
      tokensPerDay: gauge("tokensPerDay"),
      tokensPerMonth: gauge("tokensPerMonth"),
      concurrent: gauge("concurrent"),
    };
  }

  /** The limit that keeps a request waiting longest. */
  #reached(limits: KeyLimits, now: LimitTime): LimitReached | null {
    let longest: LimitReached | null = null;
    const uses = this.#uses(now);
    for (const limit of limitNames) {
      const most = limits[limit];
      const { counted, pending, freeIn } = uses[limit];
      if (most === undefined || counted + pending < most) continue;
      const retryAfterSeconds = counted < most ? usualAnswerSeconds : freeIn(most);
      if (longest === null || retryAfterSeconds > longest.retryAfterSeconds) longest = { limit, retryAfterSeconds };
    }
    return longest;
  }

  #uses({ steady, wall }: LimitTime): Record<keyof KeyLimits, Use> {
    const day = dayOf(wall);
    const [requests, tokens, pending] = [this.#requests, this.#tokens, this.#heldBack];
    return {
      requestsPerMinute: {
        counted: requests.used(steady),
        pending: 0,
        freeIn: (most) => requests.freeIn(most, steady),
      },
      tokensPerMinute: { counted: tokens.used(steady), pending, freeIn: (most) => tokens.freeIn(most, steady) },
      tokensPerDay: { counted: this.#days.ofDay(day), pending, freeIn: () => untilTomorrow(wall) },
      tokensPerMonth: { counted: this.#days.ofMonth(day), pending, freeIn: () => untilNextMonth(wall) },
      concurrent: { counted: this.#running, pending: 0, freeIn: () => usualAnswerSeconds },
    };
  }
}

/** Of one limit. */
interface Use {
  counted: number;
  /** Of requests that run, not yet counted. */
  pending: number;
  /** Seconds until less than `most` is counted. */
  freeIn(most: number): number;
}

function untilTomorrow(wall: number): number {
  return dayStart(dayAfter(dayOf(wall), 1)) - wall;
}

function untilNextMonth(wall: number): number {
  const date = new Date(wall * 1000);
  return new Date(date.getFullYear(), date.getMonth() + 1, 1).getTime() / 1000 - wall;
}
