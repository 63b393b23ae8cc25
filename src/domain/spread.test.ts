import fc from "fast-check";
import { expect, test } from "vitest";
import { addText, addTo, percentile, type Spread, spreadText } from "./spread.ts";

const values = fc.array(fc.double({ min: 1, max: 1e8, noNaN: true }), { minLength: 1, maxLength: 200 });

function spreadOf(all: number[]): Spread {
  const spread: Spread = new Map();
  for (const value of all) addTo(spread, value);
  return spread;
}

test("a percentile is right to a tenth", () => {
  fc.assert(
    fc.property(values, fc.constantFrom(0.5, 0.9, 0.95, 1), (all, share) => {
      const exact = all.toSorted((a, b) => a - b)[Math.ceil(share * all.length) - 1]!;
      const found = percentile(spreadOf(all), share)!;
      expect(found / exact).toBeGreaterThan(0.9);
      expect(found / exact).toBeLessThan(1.1);
    }),
  );
});

test("what was kept apart adds up to the same as what was counted together", () => {
  fc.assert(
    fc.property(values, values, (ones, others) => {
      const sum = spreadOf(ones);
      addText(sum, spreadText(spreadOf(others)));
      expect(sum).toEqual(spreadOf([...ones, ...others]));
    }),
  );
});

test("of nothing there is no percentile, and what took no time is 0", () => {
  expect(percentile(new Map(), 0.5)).toBeNull();
  expect(percentile(spreadOf([0, 0.2]), 0.95)).toBe(0);
});
