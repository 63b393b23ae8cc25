import { expect, test } from "vitest";
import { figuresOf } from "./statistics.ts";

test("waits are pooled over the seeds, swaps are those of an average run", () => {
  const first = { waits: Array.from({ length: 60 }, (_, index) => index), swaps: 3, gaveUp: 0 };
  const second = { waits: Array.from({ length: 40 }, (_, index) => 60 + index), swaps: 6, gaveUp: 0 };
  expect(figuresOf([second, first])).toEqual({ mean: 49.5, p50: 50, p95: 95, p99: 99, max: 99, swaps: 4.5 });
});
