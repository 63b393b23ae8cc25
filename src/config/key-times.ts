/** When a key may be used: until it expires, and in its hours. */
import { minutesPerDay, minutesPerWeek, type WeekHours } from "../domain/week-hours.ts";
import type { KeyConfig } from "./types.ts";
import { parseWeekHours } from "./week-hours.ts";

/** When it ends, seconds since the epoch; infinity for never. A day is over at its midnight, where this machine stands. */
export function endOf({ expires }: Pick<KeyConfig, "expires">): number {
  if (expires === undefined) return Number.POSITIVE_INFINITY;
  if (expires.includes("T")) return Date.parse(expires) / 1000;
  const [year, month, day] = expires.split("-").map(Number) as [number, number, number];
  return new Date(year, month - 1, day + 1).getTime() / 1000;
}

const parsed = new Map<string, WeekHours["ranges"]>();

function rangesOf(hours: string): WeekHours["ranges"] {
  let ranges = parsed.get(hours);
  if (ranges === undefined) {
    ranges = parseWeekHours(hours) ?? [];
    parsed.set(hours, ranges);
  }
  return ranges;
}

/** Seconds until it may be used, by the clock of this machine; 0 where it may be now. Right to a minute, but for a change of the clocks. */
export function opensIn({ hours }: Pick<KeyConfig, "hours">, now: Date): number {
  if (hours === undefined) return 0;
  const ranges = rangesOf(hours);
  const day = (now.getDay() + 6) % 7;
  const minute = day * minutesPerDay + now.getHours() * 60 + now.getMinutes();
  if (ranges.some(({ from, to }) => from <= minute && minute < to)) return 0;
  const waits = ranges.map(({ from }) => (from - minute + minutesPerWeek) % minutesPerWeek);
  return Math.min(...waits) * 60 - now.getSeconds();
}
