import { expect, test } from "vitest";
import { model, Story } from "../../../../test/support/scheduler/story.ts";

function loading(): Story {
  const story = new Story([model("a"), model("b")]);
  story.asks("r1", "a");
  return story;
}

test("a load whose client gave up goes on while nobody else waits", () => {
  const story = loading();
  story.passes(10);
  expect(story.leaves("r1")).toEqual([]);
  expect(story.phase("a")).toBe("starting");
});

test("it is dropped as soon as somebody waits for another model", () => {
  const story = loading();
  story.passes(10);
  story.leaves("r1");
  expect(story.asks("r2", "b")).toEqual(["stop a (abandoned)"]);
  expect(story.stopped("a")).toEqual(["start b"]);
});

test("one that is nearly done is finished all the same", () => {
  const story = loading();
  story.passes(80);
  story.leaves("r1");
  expect(story.asks("r2", "b")).toEqual([]);
});

test("a model that became ready for a client that gave up stays for one load's time, for its retry", () => {
  const story = loading();
  story.passes(85);
  story.leaves("r1");
  story.asks("r2", "b");
  story.passes(15);
  story.ready("a");
  expect(story.passes(99)).toEqual([]);
  expect(story.asks("r1 again", "a")).toEqual(["admit r1 again"]);
});
