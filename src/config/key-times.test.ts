import fc from "fast-check";
import { expect, test } from "vitest";
import { endOf, opensIn } from "./key-times.ts";

const seconds = (text: string) => new Date(text).getTime() / 1000;

test("a key ends with its last day, or at the moment that is said", () => {
  expect(endOf({ expires: "2026-12-31" })).toBe(seconds("2027-01-01T00:00:00"));
  expect(endOf({ expires: "2026-12-31T18:00:00+01:00" })).toBe(seconds("2026-12-31T17:00:00Z"));
  expect(endOf({ expires: undefined })).toBe(Number.POSITIVE_INFINITY);
});

test.each([
  ["Mon-Fri 7:30-18:00", "2026-11-25T12:00:00", 0],
  ["Mon-Fri 7:30-18:00", "2026-11-25T07:29:30", 30],
  ["Mon-Fri 7:30-18:00", "2026-11-25T18:00:00", 13.5 * 3600],
  // From Saturday to Monday.
  ["Mon-Fri 7:30-18:00", "2026-11-28T00:00:00", 55.5 * 3600],
  ["22:00-6:00", "2026-11-25T05:59:59", 0],
  ["22:00-6:00", "2026-11-25T06:00:00", 16 * 3600],
])("with the hours %s it is open at %s, or in %d seconds", (hours, now, wait) => {
  expect(opensIn({ hours }, new Date(now))).toBe(wait);
});

test("whoever waits as long as he is told finds it open", () => {
  const time = fc.integer({ min: 0, max: 7 * 24 * 60 - 1 }).map((minutes) => new Date(2026, 5, 1, 0, minutes));
  fc.assert(
    fc.property(time, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 23 }), (now, from, length) => {
      const hours = `Tue-Wed ${from}:00-${(from + length) % 24}:00`;
      fc.pre((from + length) % 24 !== from);
      const wait = opensIn({ hours }, now);
      expect(opensIn({ hours }, new Date(now.getTime() + wait * 1000))).toBe(0);
    }),
  );
});
