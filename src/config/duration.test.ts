import fc from "fast-check";
import { expect, test } from "vitest";
import { formatDuration, parseDuration } from "./duration.ts";

test.each([
  ["20m", 1200],
  ["240s", 240],
  ["1h30m", 5400],
  ["500ms", 0.5],
  ["1.5h", 5400],
  ["2d", 172800],
  ["0", 0],
  ["0s", 0],
])("%s is %d seconds", (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each(["", "20", "m", "20 m", "-5s", "1h 30m", "5min", "1e3s", "s5", "5S", `${"9".repeat(40)}d`])(
  "%j is no duration",
  (text) => {
    expect(parseDuration(text)).toBeNull();
  },
);

test("what is formatted parses to the same", () => {
  fc.assert(
    fc.property(fc.nat({ max: 10 ** 12 }), (milliseconds) => {
      expect(parseDuration(formatDuration(milliseconds / 1000))).toBe(milliseconds / 1000);
    }),
  );
});

test("the sum of the parts, in any order and number", () => {
  const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  const parts = fc.array(
    fc.tuple(fc.nat({ max: 9999 }), fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[]))),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(parts, (list) => {
      const text = list.map(([amount, unit]) => `${amount}${unit}`).join("");
      const milliseconds = list.reduce((sum, [amount, unit]) => sum + amount * units[unit], 0);
      expect(parseDuration(text)).toBe(milliseconds / 1000);
    }),
  );
});

test("any text is a duration of at least 0, or none", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const seconds = parseDuration(text);
      expect(seconds === null || (Number.isFinite(seconds) && seconds >= 0)).toBe(true);
    }),
  );
});
