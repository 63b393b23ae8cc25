import { describe, expect, test } from "vitest";
import { container, model } from "../../test/support/model-spec.ts";
import { type HostMemory, ledgerLimits, poolLimits, startRefusal, strainOf } from "./memory.ts";
import { ledgerGiB, nodeFacts } from "./nodes.ts";

const auto = { budgetGiB: "auto", floorGiB: "auto" } as const;
const big = container("big", "vllm:1", 18);
const small = model("small", { memoryGiB: 7 });
const spark: HostMemory = { totalGiB: 121.7, availableGiB: 100 };
const desktop: HostMemory = { totalGiB: 64, availableGiB: 50, card: { totalGiB: 24, availableGiB: 22.5 } };

describe("one pool", () => {
  test("is the host's less the floor, and every model counts as it is", () => {
    const limits = poolLimits(auto, spark);
    expect(limits).toEqual({ host: { budgetGiB: 113.7, floorGiB: 8 }, card: null });
    const node = nodeFacts("spark", spark, limits);
    expect(node).toEqual({ id: "spark", budgetGiB: 113.7, gpus: [], hostBudgetGiB: 113.7 });
    expect([ledgerGiB(node, 18, "gpu"), ledgerGiB(node, 7, "host")]).toEqual([18, 7]);
    expect(startRefusal(big, spark, limits)).toBeNull();
  });
});

describe("a start that takes more than the engine later", () => {
  const limits = poolLimits(auto, spark);
  const hungry = { ...big, startPeakGiB: 97 };

  test("may use the floor for a while, down to a quarter of it", () => {
    expect(startRefusal({ ...hungry, startPeakGiB: 98 }, spark, limits)).toBeNull();
    expect(startRefusal({ ...hungry, startPeakGiB: 98.1 }, spark, limits)).toMatch(
      /^big takes up to 98\.1 GiB while it starts \(18\.0 GiB later\), but 100\.0 GiB of 121\.7 GiB are available, and below 2\.0 GiB/,
    );
  });

  test("is no concern of a card's", () => {
    expect(startRefusal(hungry, desktop, poolLimits(auto, desktop))).toBeNull();
  });

  test.each([
    [{ availableGiB: 9, stalledPercent: 90 }, null],
    [{ availableGiB: 3, stalledPercent: 19 }, null],
    [{ availableGiB: 3, stalledPercent: null }, null],
    [
      { availableGiB: 3, stalledPercent: 20 },
      /^only 3\.0 GiB were left, and everything waited for memory 20 % of the time$/,
    ],
    [{ availableGiB: 1.9, stalledPercent: 0 }, /^only 1\.9 GiB were left; below 2\.0 GiB the machine may hang$/],
  ])("of a host of %j says %s", (strain, expected) => {
    const said = strainOf(strain, limits.host);
    if (expected === null) expect(said).toBeNull();
    else expect(said).toMatch(expected);
  });
});

describe("a card of its own memory", () => {
  const limits = poolLimits(auto, desktop);

  test("is what the scheduler counts in; a model of the host counts by its share", () => {
    expect(ledgerLimits(limits)).toEqual({ budgetGiB: 23.5, floorGiB: 0.5 });
    const node = nodeFacts("desktop", desktop, limits);
    expect(node.gpus).toEqual([{ totalGiB: 24 }]);
    expect(ledgerGiB(node, 18, "gpu")).toBe(18);
    expect(ledgerGiB(node, 7, "host")).toBeCloseTo((7 / 56) * 23.5);
    // All of the host is all of the ledger: never more than fits.
    expect(ledgerGiB(node, 56, "host")).toBeCloseTo(23.5);
  });

  test("a container is held to it, a process to the host", () => {
    const full = { ...desktop, card: { totalGiB: 24, availableGiB: 10 } };
    expect(startRefusal(big, full, limits)).toMatch(
      /^big needs 18\.0 GiB of the GPU's memory, but only 9\.5 GiB can be given away: 10\.0 GiB of 24\.0 GiB are free/,
    );
    expect(startRefusal(small, full, limits)).toBeNull();
    expect(startRefusal({ ...small, memoryGiB: 45 }, desktop, limits)).toMatch(/^small needs 45\.0 GiB of memory/);
    expect(startRefusal({ ...big, runtime: { ...big.runtime, gpu: "none" } as never }, full, limits)).toBeNull();
  });

  test("a budget of one's own holds for it, up to what it has", () => {
    expect(poolLimits({ ...auto, budgetGiB: 12 }, desktop).card!.budgetGiB).toBe(12);
    expect(poolLimits({ ...auto, budgetGiB: 40 }, desktop).card!.budgetGiB).toBe(23.5);
  });
});
