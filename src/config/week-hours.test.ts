import { expect, test } from "vitest";
import { isTimeZone, parseWeekHours } from "./week-hours.ts";

const at = (day: number, hour: number, minute = 0) => (day * 24 + hour) * 60 + minute;

test.each([
  ["Mon 7:30-18:00", [[at(0, 7, 30), at(0, 18)]]],
  [
    "sat 9:00-12:00, MON 9:00-24:00",
    [
      [at(0, 9), at(1, 0)],
      [at(5, 9), at(5, 12)],
    ],
  ],
  [
    "Sat-Mon 10:00-11:00",
    [
      [at(0, 10), at(0, 11)],
      [at(5, 10), at(5, 11)],
      [at(6, 10), at(6, 11)],
    ],
  ],
  ["Fri 22:00-6:00", [[at(4, 22), at(5, 6)]]],
  [
    "Sun 22:00-6:00",
    [
      [0, at(0, 6)],
      [at(6, 22), at(7, 0)],
    ],
  ],
  ["Tue 8:00-12:00, Tue 12:00-13:00, Tue 12:30-12:45", [[at(1, 8), at(1, 13)]]],
  ["Mon-Sun 0:00-24:00", [[0, at(7, 0)]]],
  ["0:00-24:00", [[0, at(7, 0)]]],
])("%s is understood", (text, ranges) => {
  expect(parseWeekHours(text)?.map(({ from, to }) => [from, to])).toEqual(ranges);
});

test.each([
  "",
  "Mon",
  "7-18",
  "Mon 7:30",
  "Mon 7:60-8:00",
  "Mon 24:00-24:30",
  "Mon 8:00-24:30",
  "Mon 8:00-8:00",
  "Moo 8:00-9:00",
  "Mon 8:00-9:00,",
  "Mon-Fri",
  "Mon,Tue 8:00-9:00",
])("%j is none", (text) => {
  expect(parseWeekHours(text)).toBeNull();
});

test("a time zone is a name of the IANA list", () => {
  expect(["Europe/Berlin", "UTC", "America/New_York"].filter(isTimeZone)).toHaveLength(3);
  expect(["Europe/Berlina", "", "+25:00"].filter(isTimeZone)).toEqual([]);
});
