import { expect, test } from "vitest";
import type { NodeView } from "../link/link.ts";
import { offeredModels, toldPlace } from "./offered-models.ts";

function node(id: string, totalGiB: number, changes: Partial<NodeView> = {}): NodeView {
  const memory = { totalGiB, availableGiB: totalGiB, budgetGiB: totalGiB - 8, committedGiB: 0, floorGiB: 8 };
  return { id, state: "up", memory, gpu: { memory: "shared", name: "NVIDIA GB10" }, ...changes };
}

const first = (nodes: NodeView[]) => offeredModels({ purpose: null }, toldPlace({ nodes }))[0]!;

test("of two Sparks the roomier one that answers is the place", () => {
  expect(first([node("small", 60.6), node("big", 121.7)]).id).toBe("qwen3.6-35b-a3b-nvfp4");
  expect(first([node("small", 60.6), node("big", 121.7, { state: "lost" })]).id).toBe("qwen3.6-27b-nvfp4");
});

test("a card has its own memory", () => {
  const card = node("pc", 24, { gpu: { memory: "own", name: "NVIDIA GeForce RTX 4090" } });
  expect(first([card]).id).toBe("nemotron-3-nano-4b");
});

test("where no node answers everything is hindered", () => {
  expect(first([]).hindrance).not.toBeNull();
});
