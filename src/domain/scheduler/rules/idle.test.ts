import { expect, test } from "vitest";
import { model, Story } from "../../../../test/support/scheduler/story.ts";

test("a model stops when nobody has used it for its idle time, counted from the end of the last request", () => {
  const story = new Story([model("a", { idleStopSeconds: 600 })]).loads("a");
  story.asks("long", "a");
  story.passes(5000);
  story.leaves("long");
  expect(story.passes(599)).toEqual([]);
  expect(story.passes(1)).toEqual(["5700: drain a (idle)", "5700: stop a (idle)"]);
});

test("an idle time of 0 means never", () => {
  const story = new Story([model("a", { idleStopSeconds: 0 })]).loads("a");
  expect(story.wakeAt).toBeNull();
});

test("a touch begins the idle time anew", () => {
  const story = new Story([model("a", { idleStopSeconds: 600 })]).loads("a");
  story.passes(500);
  story.tell({ type: "touch", model: "a" });
  expect(story.passes(599)).toEqual([]);
  expect(story.passes(1)).toHaveLength(2);
});

test("a pinned model never stops by itself, an unpinned one does", () => {
  const story = new Story([model("a", { pinned: true, idleStopSeconds: 600 })]).loads("a");
  expect(story.passes(10_000)).toEqual([]);
  expect(story.tell({ type: "pin", model: "a", pinned: false, owner: "operator" })).toEqual([
    "drain a (idle)",
    "stop a (idle)",
  ]);
});
