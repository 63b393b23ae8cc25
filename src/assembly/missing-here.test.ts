import { expect, test } from "vitest";
import { container } from "../../test/support/model-spec.ts";
import { readCatalog } from "../catalog/catalog.ts";
import { parseConfig } from "../config/load.ts";
import { type EnginePlace, missingHere } from "../domain/engine-place.ts";
import { missingWarnings } from "./missing-here.ts";
import { planOf } from "./plan.ts";

const memory = { totalGiB: 119, availableGiB: 110 };
const spark: EnginePlace = { memory, gpu: true, architecture: "arm64", processors: 20, runs: () => true };
const noDocker: EnginePlace = { ...spark, runs: ({ runtime }) => runtime.kind !== "container" };
const noGpu: EnginePlace = { ...spark, gpu: false };
const pc: EnginePlace = { ...spark, architecture: "amd64" };
const arm = { ...container("m", "eugr/spark-vllm", 20) };
const onArm = { ...arm, runtime: { ...arm.runtime, architectures: ["arm64"] } } as typeof arm;

const catalog = readCatalog();
function planned(models: string, engines: EnginePlace) {
  const read = parseConfig(`models: [${models}]`, null, { cwd: "/", env: {} });
  return planOf(read, { catalog, engines, clients: null }, null);
}

test.each<[string, EnginePlace, RegExp]>([
  ["no way to run containers", noDocker, /container daemon.*hearth doctor/],
  ["no GPU", noGpu, /needs an NVIDIA GPU.*hearth doctor/],
  ["other processors", pc, /eugr\/spark-vllm is for arm64 alone, and this machine is amd64/],
])("a machine with %s says so of a model", (_, place, says) => {
  expect(missingHere(onArm, place)).toMatch(says);
});

test("where nobody says which processors there are, nothing speaks against an image", () => {
  expect(missingHere(onArm, { ...pc, architecture: null })).toBe(null);
  expect(missingHere(arm, pc)).toBe(null);
  expect(missingHere(onArm, spark)).toBe(null);
});

test("a model that was asked for by name stays, cannot be started, and its reason is told once for all alike", () => {
  const { waker, warnings } = planned("gpt-oss-20b, qwen3.5-0.8b, smollm2-135m-instruct", noDocker);
  expect(waker.specs.map(({ id, status }) => [id, status === "disabled"])).toEqual([
    ["gpt-oss-20b", true],
    ["qwen3.5-0.8b", true],
    ["smollm2-135m-instruct", false],
  ]);
  expect(warnings.filter((one) => one.includes("cannot run here"))).toEqual([
    expect.stringMatching(/^gpt-oss-20b, qwen3\.5-0\.8b cannot run here: its engine is a container/),
  ]);
});

test("without a list nothing is served that cannot run, and nothing is warned of", () => {
  const { specs, warnings } = planned("", noGpu);
  expect(specs.every((spec) => missingHere(spec, noGpu) === null)).toBe(true);
  expect(missingWarnings(specs, noGpu)).toEqual([]);
  expect(warnings.filter((one) => one.includes("cannot run here"))).toEqual([]);
});
