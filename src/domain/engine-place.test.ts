import { expect, test } from "vitest";
import { card24, laptop8, spark } from "../../test/support/catalog/machines.ts";
import { container, model } from "../../test/support/model-spec.ts";
import { hindrance } from "./engine-place.ts";

test("a GPU is wanted before a container daemon, and that before memory", () => {
  const big = container("big", "image", 500);
  expect(hindrance(big, laptop8)).toMatch(/^it needs an NVIDIA GPU/);
  expect(hindrance(big, { ...spark, runs: () => false })).toMatch(/no container daemon answers/);
  expect(hindrance(big, spark)).toBe(
    "it takes 500.0 GiB of memory, and this machine has 121.7 GiB, of which models can have 113.7 GiB",
  );
});

test("an engine with a GPU stands on the card, one without on the host", () => {
  expect(hindrance(container("gpu", "image", 30), card24)).toMatch(/the GPU has 24\.0 GiB/);
  expect(hindrance(model("cpu", { memoryGiB: 30 }), card24)).toBeNull();
});

test("what leaves too little for the system can never start, nor what takes too much for a while", () => {
  expect(hindrance(model("edge", { memoryGiB: 7 }), laptop8)).toMatch(/of which models can have 6\.6 GiB$/);
  const hungry = { ...container("hungry", "image", 60), startPeakGiB: 121 };
  expect(hindrance(hungry, spark)).toMatch(/^it takes up to 121\.0 GiB while it starts/);
  expect(hindrance({ ...hungry, startPeakGiB: 110 }, spark)).toBeNull();
});
