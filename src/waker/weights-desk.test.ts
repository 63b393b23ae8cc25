import { expect, test } from "vitest";
import { model } from "../../test/support/model-spec.ts";
import type { StoredWeights } from "../domain/weights.ts";
import { WeightsDesk } from "./weights-desk.ts";
import { WeightsQueue } from "./weights-queue.ts";

const GB = 1e9;
const weights = (file: string, bytes: number) => ({ file, bytes, sha256: "0".repeat(64), sources: [] });
const specs = [
  model("a", { weights: weights("shared.gguf", 4 * GB) }),
  model("b", { weights: weights("shared.gguf", 4 * GB) }),
  model("big", { weights: weights("big.gguf", 8 * GB) }),
  model("own"),
];

function file(name: string, models: string[], bytes: number, wantedBytes: number): StoredWeights {
  const facts = {
    kind: "file",
    place: "/weights",
    whole: bytes === wantedBytes,
    changedAt: 0,
    fetchSeconds: null,
  } as const;
  return { name, models, bytes, wantedBytes, ...facts };
}

function desk({ budget = null, runs = [] }: { budget?: number | null; runs?: string[] } = {}) {
  const done: string[] = [];
  const stored = [file("shared.gguf", ["a", "b"], 4 * GB, 4 * GB), file("big.gguf", ["big"], 1 * GB, 8 * GB)];
  const keeper = {
    async fetch({ id }: { id: string }) {
      done.push(`fetch ${id}`);
      return null;
    },
    async verify() {},
    list: async () => stored,
    async remove({ name }: StoredWeights) {
      done.push(`remove ${name}`);
    },
  };
  const queue = new WeightsQueue({
    ...{ keeper, limit: () => null, changed() {}, over() {} },
    specOf: (id) => specs.find((spec) => spec.id === id),
  });
  const parts = { keeper, queue, specs: () => specs, budget: () => budget };
  return {
    done,
    desk: new WeightsDesk({
      ...parts,
      needed: (id) => (runs.includes(id) ? "is ready" : null),
      async arrived(id) {
        done.push(`clear ${id}`);
      },
    }),
  };
}

test("weights that have come end whatever kept their model from starting", async () => {
  const { desk: it, done } = desk();
  await it.obey({ type: "pull", model: "big" });
  expect(done).toEqual(["fetch big", "clear big"]);
});

test("a model that brings its own has nothing to pull", async () => {
  await expect(desk().desk.obey({ type: "pull", model: "own" })).rejects.toThrow("nothing to pull");
});

test("a pull beyond the budget is refused with the numbers; what is here already counts once", async () => {
  const { desk: small, done } = desk({ budget: 11 * GB });
  await expect(small.obey({ type: "pull", model: "big" })).rejects.toThrow(/needs 7\.0 GB more.*5\.0 GB of the 11 GB/);
  // Nothing of it is missing, so nothing more is needed.
  await small.obey({ type: "pull", model: "a" });
  expect(done).toEqual(["fetch a", "clear a"]);
  await desk({ budget: 12 * GB }).desk.obey({ type: "pull", model: "big" });
});

test("what any of its models needs now is not removed", async () => {
  const { desk: it, done } = desk({ runs: ["b"] });
  await expect(it.obey({ type: "removeWeights", name: "shared.gguf" })).rejects.toThrow(
    "shared.gguf stays: b is ready.",
  );
  await it.obey({ type: "removeWeights", name: "big.gguf" });
  expect(done).toEqual(["remove big.gguf"]);
});

test("what is not there cannot be removed", async () => {
  await expect(desk().desk.obey({ type: "removeWeights", name: "../etc" })).rejects.toThrow("no weights");
});
