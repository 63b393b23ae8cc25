import { expect, test } from "vitest";
import { model, Story } from "../../../test/support/scheduler/story.ts";
import { estimateWait, secondsToReady } from "./forecast.ts";

const wait = (story: Story, id: string) => estimateWait(story.state, story.params, story.at, id);

test("the first in line waits for the load, and the estimate shrinks as it goes on", () => {
  const story = new Story([model("a")]);
  story.asks("r1", "a");
  expect(wait(story, "r1")).toEqual({ place: 1, phase: "loading", secondsLeft: 100 });
  story.passes(40);
  expect(wait(story, "r1").secondsLeft).toBe(60);
});

test("a load that takes longer than usual is expected to end soon, never in the past", () => {
  const story = new Story([model("a")]);
  story.asks("r1", "a");
  story.passes(500);
  expect(wait(story, "r1").secondsLeft).toBe(10);
});

test("behind a model in use: its stay, then the stop, then the load", () => {
  const story = new Story([model("a"), model("b")]).loads("a");
  story.asks("r1", "b");
  expect(wait(story, "r1")).toEqual({ place: 1, phase: "waiting for a", secondsLeft: 50 + 5 + 100 });
});

test("each group ahead costs its load, and places count over all models", () => {
  const story = new Story([model("a"), model("b"), model("c")]);
  story.asks("r1", "a");
  story.asks("r2", "b");
  story.asks("r3", "c");
  const waits = ["r1", "r2", "r3"].map((id) => wait(story, id));
  expect(waits.map(({ place }) => place)).toEqual([1, 2, 3]);
  expect(waits[2]!.secondsLeft - waits[1]!.secondsLeft).toBeGreaterThanOrEqual(100);
});

test("in the queue of a loaded model the usual answer counts", () => {
  const story = new Story([model("a", { concurrency: 1 })]).loads("a");
  story.asks("r1", "a");
  story.passes(100);
  story.leaves("r1");
  story.asks("r2", "a");
  story.asks("r3", "a");
  // The average of answers of 0 s and 100 s, at a weight of 0.3.
  expect(wait(story, "r3")).toEqual({ place: 1, phase: "queued", secondsLeft: 30 });
});

test("who runs, or has left, has nothing left to wait for", () => {
  const story = new Story([model("a")]).loads("a");
  story.asks("r1", "a");
  expect(wait(story, "r1")).toEqual({ place: 0, phase: "running", secondsLeft: 0 });
  expect(wait(story, "nobody")).toEqual({ place: 0, phase: "gone", secondsLeft: 0 });
});

test("seconds to ready: 0 when ready, the load when nothing is in the way, more when something is", () => {
  const story = new Story([model("a"), model("b"), model("small", { memoryGiB: 20, loadSeconds: 30 })]).loads("a");
  const seconds = (id: string) => secondsToReady(story.state, story.params, story.at, id);
  expect([seconds("a"), seconds("small"), seconds("b"), seconds("unknown")]).toEqual([
    0,
    30,
    50 + 5 + 100,
    Number.POSITIVE_INFINITY,
  ]);
});
