import { describe, expect, test } from "vitest";
import { container, model } from "../../test/support/model-spec.ts";
import { poolLimits } from "../domain/memory.ts";
import { findGpu } from "./gpu-card.ts";
import { MemoryGate } from "./memory-gate.ts";

const card = (free: number) =>
  `0, NVIDIA RTX 6000, 580.95.05, 1000000, ${1_000_000 - free}, ${free}, 7, 225, 40, 22.10\n`;
const gb10 = "0, NVIDIA GB10, 580.126.09, [N/A], [N/A], [N/A], 3, 208, 41, 11.32\n";

/** Answers in this order, the last one for ever. */
function smi(...answers: (string | null)[]) {
  return async () => (answers.length > 1 ? answers.shift()! : answers[0]!);
}

describe("findGpu", () => {
  test("no card without nvidia-smi, and none on a Spark", async () => {
    for (const answer of [null, "", "No devices were found\n"]) {
      expect(await findGpu(smi(answer))).toEqual({ view: { memory: "none", name: null }, card: null });
    }
    expect(await findGpu(smi(gb10))).toEqual({ view: { memory: "shared", name: "NVIDIA GB10" }, card: null });
  });

  test("its memory beside the host's; fresh asks again", async () => {
    const { view, card: found } = await findGpu(smi(card(512_000), card(102_400)));
    expect(view).toEqual({ memory: "own", name: "NVIDIA RTX 6000" });
    const first = found!.memory();
    expect(first.card).toEqual({ totalGiB: 1_000_000 / 1024, availableGiB: 500 });
    expect(first.totalGiB).toBeGreaterThan(0);
    expect((await found!.fresh()).card!.availableGiB).toBe(100);
    expect(found!.memory().card!.availableGiB).toBe(100);
  });

  test("one that does not answer for once is as it was", async () => {
    const { card: found } = await findGpu(smi(card(512_000), null));
    expect((await found!.fresh()).card!.availableGiB).toBe(500);
  });
});

describe("the gate", () => {
  const memory = (availableGiB: number) => ({ totalGiB: 64, availableGiB: 60, card: { totalGiB: 24, availableGiB } });
  const limits = poolLimits({ budgetGiB: "auto", floorGiB: "auto" }, memory(20));
  const big = container("big", "vllm:1", 18);
  const never = new AbortController().signal;

  test("lets a container in by what the card has free now, and a process by the host", async () => {
    const free = new MemoryGate(limits, { freshMemory: async () => memory(20) });
    await free.admit(big, never);
    const full = new MemoryGate(limits, { freshMemory: async () => memory(4) });
    await expect(full.admit(big, never)).rejects.toMatchObject({
      problem: { code: "insufficient_memory", message: expect.stringContaining("only 3.5 GiB can be given away") },
    });
    await full.admit(model("small", { memoryGiB: 18 }), never);
  });

  test("waits until the card has the memory of a stopped engine back", async () => {
    const seen = [4, 4, 4, 21];
    let looks = 0;
    const gate = new MemoryGate(limits, { freshMemory: async () => memory(seen[Math.min(looks++, seen.length - 1)]!) });
    await gate.released(big, 17);
    expect(looks).toBe(4);
    await gate.admit(big, never);
  });
});
