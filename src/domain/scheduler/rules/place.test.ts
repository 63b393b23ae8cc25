import { describe, expect, test } from "vitest";
import { model, Story } from "../../../../test/support/scheduler/story.ts";

test("the first question starts the model", () => {
  const story = new Story([model("a")]);
  expect(story.asks("r1", "a")).toEqual(["start a"]);
});

test("a model that fits beside the loaded one is loaded beside it", () => {
  const story = new Story([model("a"), model("small", { memoryGiB: 30 })]).loads("a");
  story.asks("r1", "a");
  expect(story.asks("r2", "small")).toEqual(["start small"]);
});

test("a utility model whose place is taken goes before another one that does not fit beside it", () => {
  const small = { lifecycle: "utility", idleStopSeconds: 0, loadSeconds: 10 } as const;
  const pinned = model("pinned", { memoryGiB: 95, nodes: 2, pinned: true });
  const models = [pinned, model("b", { ...small, memoryGiB: 30 }), model("c", { ...small, memoryGiB: 45 })];
  const story = new Story(models, { nodes: [120, 60, 100] }).loads("c").loads("pinned");
  expect(story.asks("r", "b")).toContain("drain c (switch for b)");
});

test("two models never load at once, even where both fit", () => {
  const story = new Story([model("a", { memoryGiB: 20 }), model("b", { memoryGiB: 20 })]);
  story.asks("r1", "a");
  expect(story.asks("r2", "b")).toEqual([]);
  expect(story.ready("a")).toEqual(["admit r1", "start b"]);
});

test("tiny models load side by side, but never beside a bigger one", () => {
  const tiny = { memoryGiB: 1.9 };
  const story = new Story([model("a", tiny), model("b", tiny), model("c", { memoryGiB: 2 }), model("d", tiny)]);
  expect([story.asks("r1", "a"), story.asks("r2", "b")]).toEqual([["start a"], ["start b"]]);
  expect(story.asks("r3", "c")).toEqual([]);
  story.ready("a");
  expect(story.ready("b")).toEqual(["admit r2", "start c"]);
  expect(story.asks("r4", "d")).toEqual([]);
});

test("nothing starts before the memory of the last stop is back", () => {
  const story = new Story([model("a"), model("b", { memoryGiB: 20 })]).loads("a");
  story.stop("a");
  expect(story.asks("r1", "b")).toEqual([]);
  expect(story.stopped("a")).toEqual(["start b"]);
});

test("the oldest waiter's model is next", () => {
  const story = new Story([model("a"), model("b"), model("c")]).loads("a");
  story.asks("r1", "a");
  story.asks("for c", "c");
  story.passes(1);
  story.asks("for b", "b");
  story.leaves("r1");
  expect(story.passes(100)).toContainEqual("151: drain a (switch for c)");
});

test("batch waits behind an interactive request that came later", () => {
  const story = new Story([model("a"), model("b"), model("c")]);
  story.asks("first", "a");
  story.asks("night", "b", { priority: "batch" });
  story.passes(10);
  story.asks("person", "c");
  expect(story.leaves("first")).toEqual(["stop a (abandoned)"]);
  expect(story.stopped("a")).toEqual(["start c"]);
});

describe("a switch", () => {
  test("stops the old engine only when its answers have ended, and starts the new one when memory is back", () => {
    const story = new Story([model("a"), model("b")]).loads("a");
    story.asks("r1", "a");
    story.asks("r2", "b");
    expect(story.passes(220)).toEqual(["320: drain a (switch for b)"]);
    expect(story.asks("late", "a")).toEqual([]);
    expect(story.leaves("r1")).toEqual(["stop a (switch)"]);
    expect(story.stopped("a")).toEqual(["start b"]);
    expect(story.ready("b")).toEqual(["admit r2"]);
  });

  test("to a small model takes the engine whose loss is cheapest", () => {
    const models = [
      model("slow", { memoryGiB: 50, loadSeconds: 300 }),
      model("quick", { memoryGiB: 50, loadSeconds: 60 }),
      model("new", { memoryGiB: 40 }),
    ];
    const story = new Story(models).loads("slow").loads("quick");
    story.passes(100);
    expect(story.asks("r1", "new")).toContainEqual("drain quick (switch for new)");
    expect(story.phase("slow")).toBe("ready");
  });

  test("to a big model takes all that it needs, and not one more", () => {
    const small = (id: string) => model(id, { memoryGiB: 35, loadSeconds: 50 });
    const story = new Story([small("a"), small("b"), small("c"), model("big")]);
    story.loads("a").loads("b").loads("c");
    story.asks("r1", "big");
    story.passes(60);
    const phases = ["a", "b", "c"].map((id) => story.phase(id)).sort();
    expect(phases).toEqual(["ready", "stopping", "stopping"]);
  });
});

test("behind an overdue model nobody else may cause a switch", () => {
  const models = [
    model("x", { memoryGiB: 50, loadSeconds: 60 }),
    model("y", { memoryGiB: 50, loadSeconds: 300 }),
    model("big", { memoryGiB: 100, loadSeconds: 60 }),
    model("late", { memoryGiB: 50, loadSeconds: 60 }),
  ];
  const story = new Story(models).loads("x").loads("y");
  story.asks("x1", "x");
  story.asks("y1", "y");
  story.asks("for big", "big");
  // Overdue after 120 s, but y has its minimum stay until 660. x is quiet and would make room for `late`.
  story.passes(130);
  story.asks("for late", "late");
  story.leaves("x1");
  expect(story.passes(169)).toEqual([]);
  expect(story.passes(1)).toEqual([
    "660: drain x (switch for big)",
    "660: drain y (switch for big)",
    "660: stop x (switch)",
  ]);
});
