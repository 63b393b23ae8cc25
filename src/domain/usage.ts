/** Who used what: sums of request records, by whatever they are asked for. */

/** By what sums can be told apart. */
export const usageDimensions = ["day", "hour", "key", "model"] as const;
export type UsageDimension = (typeof usageDimensions)[number];

export interface UsageSums {
  requests: number;
  /** Of them, those that ended with an error. */
  failed: number;
  /** Of them, those whose client went away. */
  cancelled: number;
  /** Of them, those whose tokens are estimated. */
  estimated: number;
  tokensIn: number;
  tokensOut: number;
  /** Of `tokensIn`. */
  tokensCached: number;
  /** Of `tokensOut`. */
  tokensReasoning: number;
  /** Seconds of the machine: at each moment shared among those that an engine works for. */
  machineSeconds: number;
  /** All waits together, the loads in them too. */
  waitSeconds: number;
  loadSeconds: number;
  /** Loads and switches that they caused. */
  loads: number;
  switches: number;
}

/** Right to a tenth; null where there was none. */
export interface Percentiles {
  p50: number | null;
  p95: number | null;
}

export interface UsageRow extends UsageSums {
  /** `2026-11-25`, in the machine's time zone. Absent where it was not asked for, as the next three. */
  day?: string;
  /** When it begins, seconds since the epoch. */
  hour?: number;
  key?: string;
  /** Empty of requests that came to no model. */
  model?: string;
  /** Absent of hours, as the next two. */
  waitMs?: Percentiles;
  firstByteMs?: Percentiles;
  tokensPerSecond?: Percentiles;
}

export interface UsageFilter {
  by: readonly UsageDimension[];
  /** Days, `2026-11-25`, both included. */
  from: string;
  to: string;
  key?: string | undefined;
  model?: string | undefined;
}

/** `2026-11-25`: the day of an instant (seconds since the epoch) where this machine stands. */
export function dayOf(at: number): string {
  const date = new Date(at * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Where a day begins, seconds since the epoch. */
export function dayStart(day: string): number {
  return new Date(`${day}T00:00:00`).getTime() / 1000;
}

/** The day that is so many later. */
export function dayAfter(day: string, days: number): string {
  // Noon: no change of the clocks makes it another day.
  return dayOf(dayStart(day) + (days + 0.5) * 86_400);
}
