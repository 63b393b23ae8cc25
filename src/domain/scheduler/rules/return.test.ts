import { expect, test } from "vitest";
import { model, Story } from "../../../../test/support/scheduler/story.ts";

const utility = model("util", { memoryGiB: 10, loadSeconds: 20, lifecycle: "utility" });
const exclusive = model("whole", { memoryGiB: 105, lifecycle: "exclusive" });

test("a utility model stays beside a normal one: room is kept for it before it runs", () => {
  const story = new Story([utility, model("a", { memoryGiB: 95 }), model("b", { memoryGiB: 15 })]).loads("a");
  expect(story.asks("r1", "util")).toEqual(["start util"]);
  story.ready("util");
  expect(story.asks("r2", "b")).toEqual([]);
  expect(story.phase("util")).toBe("ready");
});

test("an exclusive model takes the place of everything, the utility model too", () => {
  const story = new Story([utility, exclusive]).loads("util");
  story.asks("r1", "whole");
  expect(story.passes(60)).toEqual(["30: drain util (switch for whole)", "30: stop util (switch)"]);
});

test("the utility model comes back by itself when the exclusive one has gone", () => {
  const story = new Story([utility, exclusive]).loads("util");
  story.asks("r1", "whole");
  story.passes(60);
  story.stopped("util");
  story.ready("whole");
  story.leaves("r1");
  story.stop("whole");
  expect(story.stopped("whole")).toEqual(["start util"]);
});

test("who waits for another model goes before the return", () => {
  const story = new Story([utility, exclusive, model("a")]).loads("util");
  story.asks("r1", "whole");
  story.passes(60);
  story.stopped("util");
  story.ready("whole");
  story.leaves("r1");
  story.stop("whole");
  story.asks("r2", "a");
  expect(story.stopped("whole")).toEqual(["start a"]);
  expect(story.ready("a")).toEqual(["admit r2", "start util"]);
});

test("a utility model that an operator stopped stays away", () => {
  const story = new Story([utility]).loads("util");
  story.stop("util");
  expect(story.stopped("util")).toEqual([]);
});
