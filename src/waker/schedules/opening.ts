/** Whether hours of the week are open, and when that changes next, by the clock on the wall of their time zone. Pure. */
import { minutesPerDay, minutesPerWeek, type WeekHours } from "../../domain/week-hours.ts";
import { offsetChanges, offsetSeconds } from "./zone-offset.ts";

const secondsPerWeek = minutesPerWeek * 60;
/** The epoch was a Thursday. */
const epochSeconds = 3 * minutesPerDay * 60;

/** `at`: seconds since the epoch. When clocks go back, hours that the wall shows twice are open twice. */
export function isOpen({ ranges, zone }: WeekHours, at: number): boolean {
  const minute = secondOfWeek(at, offsetSeconds(zone, at)) / 60;
  return ranges.some(({ from, to }) => minute >= from && minute < to);
}

/** The next instant after `at` at which `isOpen` is another; null where it never is. */
export function nextChange(hours: WeekHours, at: number): number | null {
  const open = isOpen(hours, at);
  const changes = offsetChanges(hours.zone, at, at + 2 * secondsPerWeek);
  const offsets = new Set([
    offsetSeconds(hours.zone, at),
    ...changes.map((change) => offsetSeconds(hours.zone, change)),
  ]);
  const boundaries = hours.ranges.flatMap(({ from, to }) => [from, to]);
  // Each could be one: a boundary by each offset that holds meanwhile, or a jump of the clock across a boundary.
  const candidates = [...offsets].flatMap((offset) =>
    boundaries.flatMap((minute) => nextTimes(minute * 60, at, offset)),
  );
  const sorted = [...candidates, ...changes].sort((a, b) => a - b);
  return sorted.find((candidate) => isOpen(hours, candidate) !== open) ?? null;
}

/**
 * When the wall next shows this second of the week after `at`, if its offset were this all the while; and a week later,
 * since a clock that goes forward may jump over the first.
 */
function nextTimes(second: number, at: number, offset: number): number[] {
  const ahead = mod(second - secondOfWeek(at, offset), secondsPerWeek);
  const next = at + (ahead === 0 ? secondsPerWeek : ahead);
  return [next, next + secondsPerWeek];
}

function secondOfWeek(at: number, offset: number): number {
  return mod(at + offset + epochSeconds, secondsPerWeek);
}

function mod(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
