import { describe, inject, it } from "vitest";

/** Tests that need vLLM; where there is none, one skipped test that says why. `weights`: the folder to serve. */
export function withVllm(name: string, tests: (weights: string) => void): void {
  const vllm = inject("vllm");
  if ("missing" in vllm) {
    it(name, ({ skip }) => skip(vllm.missing));
    return;
  }
  describe(name, () => tests(vllm.weights));
}
