import fc from "fast-check";
import { expect, test } from "vitest";
import { addPacked, addTo, emptySpread, packed, percentile, type Spread } from "./spread.ts";

const values = fc.array(fc.double({ min: 1, max: 1e8, noNaN: true }), { minLength: 1, maxLength: 200 });

function spreadOf(all: number[]): Spread {
  const spread = emptySpread();
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
      addPacked(sum, packed(spreadOf(others)));
      expect(sum).toEqual(spreadOf([...ones, ...others]));
    }),
  );
});

test("of nothing there is no percentile, and what took no time is 0", () => {
  expect(percentile(emptySpread(), 0.5)).toBeNull();
  expect(percentile(spreadOf([0, 0.2]), 0.95)).toBe(0);
});

test("counts of any size are kept, and values beyond all measure do no harm", () => {
  const spread = emptySpread();
  addTo(spread, Number.MAX_VALUE);
  spread[3] = 2 ** 32 - 2;
  const again = emptySpread();
  addPacked(again, packed(spread));
  expect(again).toEqual(spread);
});
