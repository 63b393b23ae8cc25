import { expect, test } from "vitest";
import { parseMeminfo } from "./meminfo.ts";

const spark = `MemTotal:       127600748 kB
MemFree:         2904396 kB
MemAvailable:   54527484 kB
Buffers:          482132 kB
Cached:         50123948 kB
SwapCached:            0 kB
SwapTotal:      67108860 kB
SwapFree:       67106812 kB
HugePages_Free:        0
`;

test("what is available is more than what is free: the page cache counts", () => {
  const memory = parseMeminfo(spark)!;
  expect(memory.totalGiB).toBeCloseTo(121.69, 2);
  expect(memory.freeGiB).toBeCloseTo(2.77, 2);
  expect(memory.availableGiB).toBeCloseTo(52, 2);
  expect(memory.swapTotalGiB - memory.swapFreeGiB).toBeCloseTo(0.002, 3);
});

test("without MemAvailable or swap it makes do, without a total it does not", () => {
  expect(parseMeminfo("MemTotal: 1048576 kB\nMemFree: 524288 kB\n")).toEqual({
    totalGiB: 1,
    availableGiB: 0.5,
    freeGiB: 0.5,
    swapTotalGiB: 0,
    swapFreeGiB: 0,
  });
  expect(parseMeminfo("MemFree: 524288 kB\n")).toBeNull();
});
