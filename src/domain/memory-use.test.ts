import { describe, expect, test } from "vitest";
import { mergedUse, neededMemory } from "./memory-use.ts";

const spec = { memoryGiB: 50, startPeakGiB: 112, leastGiB: 40 };

describe("what was seen on this machine", () => {
  test("takes the place of the catalog's figures, with a twentieth more", () => {
    const needed = neededMemory(spec, { startPeakGiB: 80, restGiB: 60 });
    expect(needed.memoryGiB).toBeCloseTo(63);
    expect(needed.startPeakGiB).toBeCloseTo(84);
  });

  test("frees memory where less is taken", () => {
    expect(neededMemory(spec, { startPeakGiB: 42, restGiB: 44 })).toEqual({ memoryGiB: 44 * 1.05 });
  });

  test("counts for nothing where the GPU's part was hidden, or an operator has said the memory", () => {
    const hidden = { startPeakGiB: 6, restGiB: 5 };
    expect(neededMemory(spec, hidden)).toEqual({ memoryGiB: 50, startPeakGiB: 112 });
    expect(neededMemory(spec, null)).toEqual({ memoryGiB: 50, startPeakGiB: 112 });
    expect(neededMemory({ memoryGiB: 50 }, { startPeakGiB: 80, restGiB: 60 })).toEqual({ memoryGiB: 50 });
  });

  test("is the largest of all starts", () => {
    const first = mergedUse(null, { startPeakGiB: 80, restGiB: 44 });
    expect(mergedUse(first, { startPeakGiB: 70, restGiB: 46 })).toEqual({ startPeakGiB: 80, restGiB: 46 });
  });
});
