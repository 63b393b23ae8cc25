import { describe, expect, test } from "vitest";
import { facts } from "../../../test/support/doctor/facts.ts";
import { desktop, meminfo, type Record, spark } from "../../../test/support/doctor/recorded-host.ts";
import { container, model } from "../../../test/support/model-spec.ts";
import type { ImageTrack } from "../../catalog/image-track.ts";
import { memory } from "./memory.ts";
import { pageCache } from "./page-cache.ts";
import { swap } from "./swap.ts";

const withMemory = (figures: Parameters<typeof meminfo>[0], base: Record = spark): Record => ({
  ...base,
  files: { ...base.files, "/proc/meminfo": meminfo(figures) },
});
const sparkKB = 127_600_748;

describe("memory", () => {
  test("a Spark's pool, and what models may have of it", async () => {
    expect(await memory.look(facts(spark))).toEqual({
      status: "pass",
      says: "121.7 GiB, shared by CPU and GPU, 111.6 GiB of them available; models may have 113.7 GiB.",
    });
  });

  test("a chosen model that can never fit fails, with both numbers", async () => {
    const finding = await memory.look(facts(spark, { chosen: [container("giant", "vllm:1", 130)] }));
    expect(finding).toMatchObject({ status: "fail", says: expect.stringContaining("giant (130.0 GiB)") });
  });

  test("one that does not fit now is a warning", async () => {
    const record = withMemory({ total: sparkKB, free: 1_000_000, available: 60_000_000 });
    const finding = await memory.look(facts(record, { chosen: [container("big", "vllm:1", 76)] }));
    expect(finding).toMatchObject({
      status: "warn",
      says: expect.stringMatching(/^It would not start now: big needs 76\.0 GiB/),
    });
  });

  test("a card of its own memory has its own account", async () => {
    const small = [container("fits", "vllm:1", 20), model("small", { memoryGiB: 30 })];
    expect(await memory.look(facts(desktop, { chosen: small }))).toEqual({
      status: "pass",
      says:
        "62.6 GiB, 49.6 GiB of them available; 24.0 GiB on the GPU, 22.5 GiB of them free; models may have 54.8 GiB " +
        "and 23.5 GiB.",
    });
    const chosen = [container("big", "vllm:1", 39)];
    expect(await memory.look(facts(desktop, { chosen }))).toMatchObject({
      status: "fail",
      says: expect.stringContaining("too little for big (39.0 GiB)"),
    });
    const full = { ...desktop, commands: { "nvidia-smi": "0, RTX, 580.95.05, 24564, 20000, 4564, 7, 225, 40, 22\n" } };
    expect(await memory.look(facts(full, { chosen: small }))).toMatchObject({ status: "warn", mend: "nvidia-smi" });
  });

  test("a system without /proc is passed over", async () => {
    for (const check of [memory, swap, pageCache])
      expect(await check.look(facts({}))).toMatchObject({ status: "skip" });
  });
});

describe("swap", () => {
  test("a Spark wants some, and a low swappiness", async () => {
    expect(await swap.look(facts(spark))).toMatchObject({ status: "pass", says: "64.0 GiB swap, 0.0 GiB used." });
    const none = await swap.look(facts(withMemory({ total: sparkKB, available: sparkKB })));
    expect(none).toMatchObject({ status: "warn", says: expect.stringMatching(/^No swap/) });
    expect(none.mend).toMatch(/^sudo fallocate .* && sudo swapon /);
    const files = { ...spark.files, "/proc/sys/vm/swappiness": "60\n" };
    expect(await swap.look(facts({ ...spark, files }))).toMatchObject({
      status: "warn",
      says: expect.stringMatching(/swappiness is 60/),
    });
  });

  test("elsewhere none is needed, but a full one is told", async () => {
    expect(await swap.look(facts(desktop))).toEqual({ status: "pass", says: "No swap." });
    const full = withMemory({ total: 65_636_200, available: 9_000_000, swap: 8_388_604, swapFree: 1_048_576 }, desktop);
    expect(await swap.look(facts(full))).toMatchObject({
      status: "warn",
      says: expect.stringMatching(/^7\.0 GiB of 8\.0 GiB swap are used/),
    });
  });
});

describe("page-cache", () => {
  const track = (version: string) => ({ image: "old:1", engine: "vllm", version }) as ImageTrack;
  const chosen = [container("gpt-oss-20b", "old:1", 70)];

  test("an image that takes the cache for used memory would not start", async () => {
    const finding = await pageCache.look(facts(spark, { chosen, tracks: [track("0.12.0")] }));
    expect(finding.says).toMatch(/^58\.4 GiB unused, 53\.2 GiB more in the page cache: the images of gpt-oss-20b /);
    expect(finding).toMatchObject({ status: "warn", mend: expect.stringContaining("drop_caches") });
  });

  test("a newer image does not mind, nor does a model that fits beside the cache", async () => {
    expect(await pageCache.look(facts(spark, { chosen, tracks: [track("0.28.0")] }))).toMatchObject({ status: "pass" });
    const small = [container("small", "old:1", 20)];
    expect(await pageCache.look(facts(spark, { chosen: small, tracks: [track("0.12.0")] }))).toMatchObject({
      status: "pass",
    });
  });

  test("a card of its own memory has nothing to do with it", async () => {
    expect(await pageCache.look(facts(desktop, { chosen, tracks: [track("0.12.0")] }))).toMatchObject({
      status: "skip",
    });
  });
});
