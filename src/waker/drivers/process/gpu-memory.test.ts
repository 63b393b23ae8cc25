import { expect, test } from "vitest";
import { gpuMemory } from "./gpu-memory.ts";
import { withGpu } from "./memory.ts";

test("what the card holds for an engine's own processes is added to what the host does", async () => {
  const csv = "10, python3, 1024\n11, VLLM::EngineCore, 2048\n99, other, 4096\n12, python3, [N/A]\n";
  expect(await gpuMemory([10, 11, 12], async () => csv)).toBe(3);
  expect(withGpu({ residentGiB: 2, heldGiB: 1 }, 3)).toEqual({ residentGiB: 5, heldGiB: 4 });
  expect(withGpu(null, 3)).toBeNull();
});

test("a machine without nvidia-smi is asked once", async () => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return null;
  };
  for (let look = 0; look < 3; look += 1) expect(await gpuMemory([1], ask)).toBe(0);
  expect(asked).toBe(1);
});
