import { expect, test } from "vitest";
import { container, model } from "../../test/support/model-spec.ts";
import { poolLimits } from "../domain/memory.ts";
import { MemoryGate } from "./memory-gate.ts";

const host = { totalGiB: 64, availableGiB: 60 };
const card = { totalGiB: 24, availableGiB: 23 };

function admitted(spec: Parameters<MemoryGate["admit"]>[0], memory: typeof host & { card?: typeof card }) {
  const limits = poolLimits({ budgetGiB: "auto", floorGiB: "auto" }, memory);
  return new MemoryGate(limits, { freshMemory: async () => memory }).admit(spec, new AbortController().signal);
}

test("what is started hears of the memory that it is started on", async () => {
  const onGpu = container("big", "i:1", 10);
  expect(await admitted(onGpu, { ...host, card })).toEqual(card);
  expect(await admitted(onGpu, host)).toMatchObject({ totalGiB: 64 });
  expect(await admitted(model("small"), { ...host, card })).toMatchObject({ totalGiB: 64 });
});
