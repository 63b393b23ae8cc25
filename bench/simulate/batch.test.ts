import { expect, test } from "vitest";
import { createBatch } from "./batch.ts";

test("a lone request takes as long as its work", () => {
  const batch = createBatch(0.08);
  batch.add(10, "a", 30);
  expect(batch.nextEnd(10)).toEqual({ id: "a", at: 40 });
});

test("requests together slow each other down, and speed up again as others leave", () => {
  const batch = createBatch(0.5);
  batch.add(0, "a", 10);
  batch.add(0, "b", 20);
  // Two at 1 / 1.5 each: a ends at 15; b then has 10 left, alone.
  expect(batch.nextEnd(0)).toEqual({ id: "a", at: 15 });
  batch.remove(15, "a");
  expect(batch.nextEnd(15)).toEqual({ id: "b", at: 25 });
});

test("an empty batch ends nothing", () => {
  const batch = createBatch(0.08);
  batch.add(0, "a", 10);
  batch.remove(5, "a");
  expect([batch.size, batch.nextEnd(5)]).toEqual([0, null]);
});
