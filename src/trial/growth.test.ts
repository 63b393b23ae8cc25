import fc from "fast-check";
import { expect, test } from "vitest";
import { type Growth, isSafe, nextSize } from "./growth.ts";

/** The sizes that are tried with an engine that takes prompts of up to `takes` tokens, and what is known then. */
function grow(ceiling: number, takes: number): { sizes: number[]; found: number } {
  const sizes: number[] = [];
  let growth: Growth = { good: 0, refused: null };
  for (let size = nextSize(growth, ceiling); size !== null; size = nextSize(growth, ceiling)) {
    sizes.push(size);
    growth = size <= takes ? { ...growth, good: size } : { ...growth, refused: size };
  }
  return { sizes, found: growth.good };
}

test("a prompt is doubled until the window is full", () => {
  expect(grow(8000, 8000).sizes).toEqual([1000, 2000, 4000, 8000]);
  expect(grow(131_000, 131_000).sizes.at(-1)).toBe(131_000);
});

test("the real ceiling is found to a share of the window, and nothing that was refused is sent again", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), (ceiling, takes) => {
      const { sizes, found } = grow(ceiling, takes);
      expect(found).toBeLessThanOrEqual(takes);
      expect(Math.min(ceiling, takes) - found).toBeLessThanOrEqual(Math.max(16, Math.ceil(ceiling / 64)));
      expect(new Set(sizes).size).toBe(sizes.length);
      expect(sizes.length).toBeLessThan(30);
      for (const size of sizes) expect(size).toBeGreaterThan(0);
    }),
  );
});

test("no step is taken that would leave less memory than must stay free", () => {
  expect(isSafe(1024, null, { availableGiB: 7, floorGiB: 8 })).toBe(false);
  expect(isSafe(1024, null, { availableGiB: 9, floorGiB: 8 })).toBe(true);
  // The last 1000 tokens took 2 GiB: 2000 would take 4.
  expect(isSafe(2000, { tokens: 1000, availableGiB: 14 }, { availableGiB: 12, floorGiB: 8 })).toBe(true);
  expect(isSafe(2000, { tokens: 1000, availableGiB: 13.5 }, { availableGiB: 11, floorGiB: 8 })).toBe(false);
});
