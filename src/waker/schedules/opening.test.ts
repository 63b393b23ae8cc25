import fc from "fast-check";
import { expect, test } from "vitest";
import { parseWeekHours } from "../../config/week-hours.ts";
import type { WeekHours } from "../../domain/week-hours.ts";
import { isOpen, nextChange } from "./opening.ts";

function hours(text: string, zone: string | null = "Europe/Berlin"): WeekHours {
  return { ranges: parseWeekHours(text)!, zone };
}

const utc = (text: string) => Date.parse(text) / 1000;
const iso = (at: number | null) => (at === null ? null : new Date(at * 1000).toISOString().slice(0, 16));

test("office hours open and close by the clock on the wall, in summer as in winter", () => {
  const office = hours("Mon-Fri 7:30-18:00, Sat 9:00-12:00");
  expect(isOpen(office, utc("2026-07-15T05:29:59Z"))).toBe(false);
  expect(isOpen(office, utc("2026-07-15T05:30:00Z"))).toBe(true);
  expect(isOpen(office, utc("2026-01-14T06:29:59Z"))).toBe(false);
  expect(isOpen(office, utc("2026-01-14T06:30:00Z"))).toBe(true);
  expect(iso(nextChange(office, utc("2026-07-15T05:30:00Z")))).toBe("2026-07-15T16:00");
  expect(iso(nextChange(office, utc("2026-07-18T10:00:00Z")))).toBe("2026-07-20T05:30");
});

test("the morning after the clocks went forward comes an hour earlier, after they went back an hour later", () => {
  const office = hours("Mon-Fri 7:30-18:00");
  expect(iso(nextChange(office, utc("2026-03-27T18:00:00Z")))).toBe("2026-03-30T05:30");
  expect(iso(nextChange(office, utc("2026-10-23T18:00:00Z")))).toBe("2026-10-26T06:30");
});

test("hours that the clock jumps over never open, those that it shows twice open twice", () => {
  const night = hours("Sun 2:15-2:45");
  expect(iso(nextChange(night, utc("2026-03-28T12:00:00Z")))).toBe("2026-04-05T00:15");
  const opens = nextChange(night, utc("2026-10-24T12:00:00Z"))!;
  const closes = nextChange(night, opens)!;
  expect([opens, closes, nextChange(night, closes)].map(iso)).toEqual([
    "2026-10-25T00:15",
    "2026-10-25T00:45",
    "2026-10-25T01:15",
  ]);
  expect(iso(nextChange(hours("Sun 1:30-2:30"), utc("2026-03-29T00:45:00Z")))).toBe("2026-03-29T01:00");
});

test("a week that is open all through never changes", () => {
  expect(nextChange(hours("0:00-24:00"), utc("2026-03-29T00:45:00Z"))).toBeNull();
});

test("without a zone the machine's own clock holds", () => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const at = utc("2026-07-15T05:29:00Z");
  const text = "Mon-Fri 7:30-18:00";
  expect(nextChange(hours(text, null), at)).toBe(nextChange(hours(text, timeZone), at));
});

const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "UTC"];
const clock = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom(0, 15, 30, 59) });
const days = ["Mon", "Sun", "Sat-Sun", "Fri-Mon", "Mon-Sun"];
const text = fc
  .array(fc.record({ day: fc.constantFrom(...days), from: clock, to: clock }), { minLength: 1, maxLength: 3 })
  .map((list) => list.map(({ day, from, to }) => `${day} ${shown(from)}-${shown(to)}`).join(", "));

function shown({ hour, minute }: { hour: number; minute: number }): string {
  return `${hour}:${String(minute).padStart(2, "0")}`;
}

/** The minute at which a clock that is looked at each minute first shows the other, within two weeks. */
function byLooking(open: WeekHours, at: number): number | null {
  const now = isOpen(open, at);
  for (let minute = 1; minute <= 14 * 24 * 60; minute += 1) {
    if (isOpen(open, at + minute * 60) !== now) return at + minute * 60;
  }
  return null;
}

test("the next change is the one that looking each minute finds, also where clocks jump", () => {
  // Days around the jumps of 2026 in these zones, and one without.
  const around = ["2026-03-07", "2026-03-28", "2026-04-04", "2026-10-03", "2026-10-24", "2026-10-31", "2026-07-15"];
  const moment = fc.tuple(fc.constantFrom(...around), fc.integer({ min: 0, max: 48 * 60 }));
  const property = fc.property(text, fc.constantFrom(...zones), moment, (written, zone, [day, minutes]) => {
    const ranges = parseWeekHours(written);
    fc.pre(ranges !== null);
    const open = { ranges, zone };
    const at = utc(`${day}T00:00:00Z`) + minutes * 60;
    expect(iso(nextChange(open, at))).toBe(iso(byLooking(open, at)));
  });
  fc.assert(property, { seed: 7, numRuns: 100 });
});
