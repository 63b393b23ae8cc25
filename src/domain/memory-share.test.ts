import { expect, test } from "vitest";
import { memoryShare } from "./memory-share.ts";

const sparkGiB = 121.7;

test("the fraction of the pool is rounded up, by less than a ten-thousandth", () => {
  expect(memoryShare(25, 100)).toBe(0.25);
  expect(memoryShare(76, sparkGiB)).toBe(0.6245);
  for (let memory = 1; memory < 105; memory += 1) {
    const given = memoryShare(memory, sparkGiB) * sparkGiB;
    expect(given).toBeGreaterThanOrEqual(memory - 1e-9);
    expect(given).toBeLessThan(memory + sparkGiB / 1e4);
  }
});
