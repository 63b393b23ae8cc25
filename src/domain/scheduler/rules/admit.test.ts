import { expect, test } from "vitest";
import { model, Story } from "../../../../test/support/scheduler/story.ts";

function loaded(concurrency = 2): Story {
  return new Story([model("a", { concurrency }), model("b")]).loads("a");
}

test("a request for a loaded model is admitted at once", () => {
  expect(loaded().asks("r1", "a")).toEqual(["admit r1"]);
});

test("requests beyond the model's concurrency queue, and enter as others leave", () => {
  const story = loaded();
  story.asks("r1", "a");
  story.asks("r2", "a");
  expect(story.asks("r3", "a")).toEqual([]);
  expect(story.leaves("r1")).toEqual(["admit r3"]);
});

test("all who waited for a load enter together when it is ready", () => {
  const story = new Story([model("a")]);
  story.asks("r1", "a");
  story.asks("r2", "a");
  expect(story.ready("a")).toEqual(["admit r1", "admit r2"]);
});

test("somebody who waits for another model does not close the door of the loaded one", () => {
  const story = loaded();
  story.asks("r1", "a");
  story.asks("other", "b");
  expect(story.asks("r2", "a")).toEqual(["admit r2"]);
});

test("interactive requests pass batch requests in the queue", () => {
  const story = loaded(1);
  story.asks("running", "a");
  story.asks("batch", "a", { priority: "batch" });
  story.asks("person", "a");
  expect(story.leaves("running")).toEqual(["admit person"]);
  expect(story.leaves("person")).toEqual(["admit batch"]);
});

test("clients take turns, however many requests one of them has queued", () => {
  const story = loaded(1);
  story.asks("running", "a", { client: "greedy" });
  for (const id of ["g1", "g2", "g3"]) story.asks(id, "a", { client: "greedy" });
  for (const id of ["m1", "m2"]) story.asks(id, "a", { client: "modest" });
  const order = ["running", "g1", "m1", "g2", "m2"].flatMap((id) => story.leaves(id));
  expect(order).toEqual(["admit g1", "admit m1", "admit g2", "admit m2", "admit g3"]);
});

test("a chat that somebody watches passes the title that its client asked for just before it", () => {
  const story = loaded(1);
  story.asks("running", "a", { client: "c" });
  story.asks("title", "a", { client: "c" });
  story.asks("chat", "a", { client: "c", streamed: true });
  expect(["running", "chat"].flatMap((id) => story.leaves(id))).toEqual(["admit chat", "admit title"]);
});

test("a chat that came long after a buffered request waits behind it, and so does one that nobody watches", () => {
  const story = loaded(1);
  story.asks("running", "a", { client: "c" });
  story.asks("title", "a", { client: "c" });
  story.asks("unwatched", "a", { client: "c" });
  story.at += 6;
  story.asks("late", "a", { client: "c", streamed: true });
  expect(story.leaves("running")).toEqual(["admit title"]);
});

test("an engine that drains takes nobody in", () => {
  const story = loaded();
  story.asks("r1", "a");
  story.stop("a");
  expect(story.asks("r2", "a")).toEqual([]);
});
