import { expect, test } from "vitest";
import { container, model } from "../../test/support/model-spec.ts";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import { storedWeights } from "./stored-weights.ts";

const file = { file: "small.gguf", bytes: 1000, sha256: "0".repeat(64), sources: [] };
const engine = (id: string, ...repos: string[]) => {
  const spec = container(id, "image", 1);
  const repositories = repos.map((repo) => ({ repo, revision: null, bytes: 5000 }));
  const mounts = [{ kind: "volume" as const, source: "models", target: "/models", readOnly: false }];
  const runtime = { ...(spec.runtime as ContainerRuntime), repositories, mounts, env: { HF_HOME: "/models/hub" } };
  return { ...spec, runtime };
};
const specs = [
  model("small", { weights: file }),
  model("also-small", { weights: file }),
  engine("big", "org/big", "org/draft"),
  engine("big-too", "org/big"),
];

test("one list of files and repositories: what is there, what is missing, and who reads it", () => {
  const found = storedWeights(specs, {
    folder: "/home/weights",
    files: [
      { file: "small.gguf", bytes: 400, whole: false, changedAt: 7 },
      { file: "old.gguf", bytes: 90, whole: true, changedAt: 5 },
    ],
    repositories: [
      { repo: "org/big", bytes: 6000, whole: true, changedAt: 9, place: "models" },
      { repo: "org/forgotten", bytes: 100, whole: true, changedAt: 1, place: "models" },
    ],
    pace: 100,
  });
  const brief = found.map(({ name, bytes, wantedBytes, whole, fetchSeconds, models }) => [
    ...[name, bytes, wantedBytes, whole, fetchSeconds, models.join(" ")],
  ]);
  expect(brief).toEqual([
    ["old.gguf", 90, null, true, 0.9, ""],
    ["org/big", 6000, 5000, true, 60, "big big-too"],
    ["org/draft", 0, 5000, false, 50, "big"],
    ["org/forgotten", 100, null, true, 1, ""],
    ["small.gguf", 400, 1000, false, 10, "small also-small"],
  ]);
});

test("a file of the wrong size is not whole, whatever it calls itself", () => {
  const files = [{ file: "small.gguf", bytes: 999, whole: true, changedAt: 7 }];
  const [found] = storedWeights([specs[0]!], { folder: "/w", files, repositories: [], pace: null });
  expect(found).toMatchObject({ whole: false, fetchSeconds: null });
});
