import fc from "fast-check";
import { expect, test } from "vitest";
import { timesOf } from "./times.ts";

const some = fc.double({ min: 0, max: 1e6, noNaN: true });
const maybe = fc.option(some);

test("the parts of a request's time are never negative and add up to the whole", () => {
  fc.assert(
    fc.property(maybe, maybe, maybe, some, (waitMs, loadMs, firstByteMs, totalMs) => {
      const parts = timesOf({ waitMs, loadMs, firstByteMs, totalMs }).map(({ milliseconds }) => milliseconds);
      for (const part of parts) expect(part).toBeGreaterThanOrEqual(0);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(totalMs, 3);
    }),
  );
});

test("a request that was refused while it waited has waited all its time", () => {
  const parts = timesOf({ waitMs: null, loadMs: null, firstByteMs: null, totalMs: 500 });
  expect(Object.fromEntries(parts.map(({ part, milliseconds }) => [part, milliseconds]))).toEqual({
    ...{ wait: 500, load: 0, first: 0, rest: 0 },
  });
});
