import { describe, expect, test } from "vitest";
import { facts } from "../../../test/support/doctor/facts.ts";
import { desktop, type Record, spark } from "../../../test/support/doctor/recorded-host.ts";
import { clocks } from "./clocks.ts";
import { driver } from "./driver.ts";
import { gpu } from "./gpu.ts";
import { kernel } from "./kernel.ts";

const smi = (...answers: NonNullable<Record["commands"]>[string][]): Record => ({
  ...spark,
  commands: { "nvidia-smi": answers.flat() },
});
const gb10 = (driverVersion: string, load = 3, clock = 208) =>
  `0, NVIDIA GB10, ${driverVersion}, [N/A], [N/A], [N/A], ${load}, ${clock}, 41, 28.90\n`;

describe("gpu", () => {
  test("a Spark's shares the host's memory", async () => {
    expect(await gpu.look(facts(spark))).toEqual({
      status: "pass",
      says: "NVIDIA GB10 (shares the host's memory).",
    });
  });

  test("a card's own memory is told", async () => {
    expect((await gpu.look(facts(desktop))).says).toBe("NVIDIA GeForce RTX 4090 (24.0 GiB of its own).");
  });

  test("no GPU is no fault", async () => {
    for (const check of [gpu, driver, clocks]) expect((await check.look(facts({}))).status).toBe("skip");
  });

  test.each([
    ["a driver that is not loaded", 9, "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."],
    ["a driver half updated", 18, "Failed to initialize NVML: Driver/library version mismatch"],
    ["a card that is gone", 6, "No devices were found"],
  ])("%s fails with nvidia-smi's own words", async (_, code, out) => {
    const finding = await gpu.look(facts(smi([{ code, out: `${out}\nNVML library version: 580.126` }])));
    expect(finding).toMatchObject({ status: "fail", mend: expect.stringContaining("dmesg") });
    expect(finding.says).toContain(out.replace(/\.$/, ""));
  });

  test("an nvidia-smi that hangs fails", async () => {
    expect(await gpu.look(facts(smi([{ end: "late", code: null }])))).toMatchObject({ status: "fail" });
  });
});

describe("nvidia-driver", () => {
  test("580 is well, 590 hangs on a GB10, older ones lack CUDA 13", async () => {
    expect(await driver.look(facts(smi(gb10("580.126.09"))))).toMatchObject({ status: "pass" });
    const bad = await driver.look(facts(smi(gb10("590.44.01"))));
    expect(bad).toMatchObject({ status: "warn", says: expect.stringMatching(/^Driver 590\.44\.01 .*hang/) });
    expect(bad.mend).toContain("nvidia-driver-580-open");
    expect(await driver.look(facts(smi(gb10("570.86.10"))))).toMatchObject({
      status: "warn",
      says: expect.stringContaining("CUDA 13"),
    });
  });

  test("590 on another GPU is not known to be bad", async () => {
    const record = smi("0, NVIDIA H200, 590.44.01, 143771, 0, 143771, 0, 345, 30, 76.1\n");
    expect(await driver.look(facts(record))).toMatchObject({ status: "pass" });
  });
});

describe("kernel", () => {
  const release = (text: string, record = spark): Record => ({
    ...record,
    files: { ...record.files, "/proc/sys/kernel/osrelease": text },
  });

  test("the one that panics on a GB10 is named, and is well elsewhere", async () => {
    expect(await kernel.look(facts(release("6.17.0-1008-nvidia\n")))).toMatchObject({ status: "warn" });
    expect(await kernel.look(facts(release("6.17.0-1008-nvidia\n", desktop)))).toMatchObject({ status: "pass" });
    expect(await kernel.look(facts(spark))).toEqual({ status: "pass", says: "Linux 6.14.0-1013-nvidia." });
  });
});

describe("clocks", () => {
  test("busy and slow, twice: throttled", async () => {
    const finding = await clocks.look(facts(smi(gb10("580.126.09", 96, 507))));
    expect(finding).toMatchObject({ status: "warn" });
    expect(finding.says).toMatch(/96 % busy it runs at 507 MHz and draws 29 W/);
  });

  test("a slow moment is not a throttle", async () => {
    const record = smi([gb10("580.126.09", 90, 507), gb10("580.126.09", 95, 2411)]);
    expect(await clocks.look(facts(record))).toEqual({ status: "pass", says: "2411 MHz at 95 % load." });
  });

  test("an idle GPU says nothing of it", async () => {
    expect((await clocks.look(facts(spark))).says).toMatch(/^208 MHz at 3 % load\. .*under load only/);
  });
});
