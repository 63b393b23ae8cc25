import { expect, test } from "vitest";
import { parsePressure } from "./pressure.ts";

test("what counts is the time in which everything waited, over ten seconds", () => {
  const text =
    "some avg10=71.20 avg60=3.00 avg300=0.10 total=43794\nfull avg10=41.05 avg60=2.00 avg300=0.00 total=5559\n";
  expect(parsePressure(text)).toBe(41.05);
});

test.each(["", "some avg10=1.00 avg60=0.00 avg300=0.00 total=1\n", "full avg60=1.00\n"])(
  "%j has no such figure",
  (text) => {
    expect(parsePressure(text)).toBeNull();
  },
);
