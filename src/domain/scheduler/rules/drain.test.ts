import { expect, test } from "vitest";
import { model, Story } from "../../../../test/support/scheduler/story.ts";

function busy(): Story {
  const story = new Story([model("a"), model("b")]).loads("a");
  story.asks("r1", "a");
  return story;
}

test("an operator's stop waits for the running request", () => {
  const story = busy();
  expect(story.stop("a")).toEqual(["drain a (operator)"]);
  expect(story.leaves("r1")).toEqual(["stop a (operator)"]);
});

test("a quiet engine stops at once", () => {
  const story = new Story([model("a")]).loads("a");
  expect(story.stop("a")).toEqual(["drain a (operator)", "stop a (operator)"]);
});

test("while another model starts beside it, an operator's stop takes nobody in and releases no memory yet", () => {
  const story = new Story([model("a"), model("small", { memoryGiB: 30 })]).loads("a");
  story.asks("r", "small");
  expect(story.stop("a")).toEqual(["drain a (operator)"]);
  expect(story.ready("small")).toEqual(["stop a (operator)", "admit r"]);
});

test("a load that is stopped does not drain: nobody uses it", () => {
  const story = new Story([model("a")]);
  story.asks("r1", "a");
  expect(story.stop("a")).toEqual(["stop a (operator)"]);
  expect(story.stopped("a")).toEqual(["start a"]);
});

test("what still runs at the drain timeout is cut, and the engine stops", () => {
  const story = busy();
  story.stop("a");
  expect(story.passes(599)).toEqual([]);
  expect(story.passes(1)).toEqual(["700: cut r1", "700: stop a (operator)"]);
});

test("a switch that nobody waits for any more is given up, and the draining engine serves again", () => {
  const story = busy();
  story.asks("other", "b");
  story.passes(300);
  expect(story.phase("a")).toBe("draining");
  story.asks("r2", "a");
  expect(story.leaves("other")).toEqual(["admit r2"]);
  expect(story.phase("a")).toBe("ready");
});

test("an operator's stop outlives the switch that it met", () => {
  const story = busy();
  story.asks("other", "b");
  story.passes(300);
  story.stop("a");
  story.leaves("other");
  expect(story.phase("a")).toBe("draining");
  expect(story.leaves("r1")).toEqual(["stop a (operator)"]);
});

test("an engine whose health checks failed drains, stops, and starts again for those who wait", () => {
  const story = busy();
  const told = story.tell({ type: "unhealthy", model: "a", generation: 1, reason: "No answer." });
  expect(told).toEqual(["drain a (unhealthy)"]);
  story.asks("r2", "a");
  expect(story.leaves("r1")).toEqual(["stop a (unhealthy)"]);
  expect(story.stopped("a")).toEqual(["start a"]);
});
