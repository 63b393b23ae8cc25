import { expect, test } from "vitest";
import { isUnified, parseGpuProcesses, parseGpus } from "./gpu.ts";

const spark = "0, NVIDIA GB10, 580.126.09, [N/A], [N/A], [N/A], 3, 208, 41, 11.32\n";
const desktop = "0, NVIDIA GeForce RTX 4090, 580.95.05, 24564, 1021, 23055, 95, 2520, 61, 380.11\n";

test("a GB10 tells everything but its memory", () => {
  const memory = { totalGiB: null, usedGiB: null, freeGiB: null };
  const rest = { utilizationPercent: 3, clockMHz: 208, temperatureC: 41, powerWatts: 11.32 };
  expect(parseGpus(spark)).toEqual([
    { index: 0, name: "NVIDIA GB10", driverVersion: "580.126.09", ...memory, ...rest },
  ]);
});

test("a discrete GPU tells its memory, in GiB", () => {
  const [gpu] = parseGpus(desktop);
  expect(gpu!.totalGiB).toBeCloseTo(23.988, 3);
  expect(gpu!.freeGiB).toBeCloseTo(22.515, 3);
});

test("several GPUs, and lines that are none", () => {
  const second = desktop.replace(/^0/, "1");
  expect(parseGpus(`${desktop}${second}\nNo devices were found\n`).map(({ index }) => index)).toEqual([0, 1]);
  expect(parseGpus("")).toEqual([]);
});

test("what each process uses is told on a GB10 too", () => {
  const csv = "4242, VLLM::EngineCore, 14965\n977, /usr/lib/xorg/Xorg, [N/A]\n";
  expect(parseGpuProcesses(csv)).toEqual([
    { pid: 4242, name: "VLLM::EngineCore", usedGiB: 14965 / 1024 },
    { pid: 977, name: "/usr/lib/xorg/Xorg", usedGiB: null },
  ]);
});

test("one pool: no total, or the host's", () => {
  const [gb10] = parseGpus(spark);
  const [card] = parseGpus(desktop);
  expect(isUnified(gb10!, 121.7)).toBe(true);
  expect(isUnified({ ...gb10!, totalGiB: 119.67 }, 121.7)).toBe(true);
  expect(isUnified(card!, 62.6)).toBe(false);
  // An H200 in a machine with less memory than it has itself.
  expect(isUnified({ ...card!, totalGiB: 140.4 }, 125.7)).toBe(false);
});
