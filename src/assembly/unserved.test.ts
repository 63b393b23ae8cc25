import { expect, test } from "vitest";
import { readCatalog } from "../catalog/catalog.ts";
import { parseConfig } from "../config/load.ts";
import type { EnginePlace } from "../domain/engine-place.ts";
import { specsFor } from "./plan.ts";
import { unservedModels } from "./unserved.ts";

const catalog = readCatalog();
const spark: EnginePlace = {
  memory: { totalGiB: 119, availableGiB: 110 },
  gpu: true,
  architecture: "arm64",
  processors: 20,
  runs: () => true,
};

function unserved(text: string, engines: EnginePlace | null): Map<string, string> {
  const { config } = parseConfig(text, null, { cwd: "/", env: {} });
  const specs = specsFor(config, catalog).filter((spec) => engines?.runs(spec) ?? true);
  return new Map(unservedModels(config, catalog, specs, engines).map(({ id, reason }) => [id, reason]));
}

test("a machine that runs all serves all", () => {
  expect(unserved("", spark).size).toBe(0);
});

test("each model that a machine cannot run has the reason", () => {
  const small = {
    ...spark,
    gpu: false,
    runs: ({ runtime }: { runtime: { kind: string } }) => runtime.kind !== "container",
  };
  const reasons = unserved("", small);
  expect(reasons.get("gpt-oss-120b")).toMatch(/needs an NVIDIA GPU/);
  expect(reasons.has("smollm2-135m-instruct")).toBe(false);
  expect(unserved("", { ...small, gpu: true }).get("gpt-oss-120b")).toMatch(/no container daemon/);
});

test("where the configuration chooses, what it leaves out could be listed, or could not run", () => {
  const reasons = unserved("models: [smollm2-135m-instruct]", { ...spark, memory: { totalGiB: 20, availableGiB: 20 } });
  expect(reasons.get("gpt-oss-120b")).toMatch(/it takes \d.* and this machine has 20/);
  expect(reasons.get("qwen3.5-0.8b")).toMatch(/`- use: qwen3\.5-0\.8b` there would/);
});

test("a gateway of another machine's engines says that much", () => {
  expect(unserved("", null).get("gpt-oss-120b")).toMatch(/the machine of its engines/);
});
