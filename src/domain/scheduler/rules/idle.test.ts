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

test("an idle stop waits while another model starts beside it, which measures the memory that is free", () => {
  const story = new Story([model("big"), model("helper", { memoryGiB: 6, loadSeconds: 120 })]).loads("big");
  story.passes(1190);
  expect(story.asks("r", "helper")).toEqual(["start helper"]);
  expect(story.passes(100)).toEqual([]);
  // It still serves meanwhile.
  expect(story.asks("s", "big")).toEqual(["admit s"]);
  story.leaves("s");
  expect(story.ready("helper")).toEqual(["admit r"]);
  expect(story.passes(1200)).toHaveLength(2);
});

test("it comes as soon as that start has ended, well or not", () => {
  const story = new Story([model("big"), model("helper", { memoryGiB: 6, loadSeconds: 120 })]).loads("big");
  story.passes(1190);
  story.asks("r", "helper");
  story.passes(100);
  expect(story.fails("helper")).toEqual(["drain big (idle)", "stop big (idle)"]);
});
