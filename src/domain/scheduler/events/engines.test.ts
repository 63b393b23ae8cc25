import { expect, test } from "vitest";
import { model, Story } from "../../../../test/support/scheduler/story.ts";

test("news of an earlier start changes nothing", () => {
  const story = new Story([model("a")]).loads("a");
  story.stop("a");
  story.stopped("a");
  story.asks("r1", "a");
  const { state } = story;
  story.tell({ type: "ready", model: "a", generation: 1 });
  story.tell({ type: "stopped", model: "a", generation: 1 });
  story.tell({ type: "failed", model: "a", generation: 1, code: "engine_failed", reason: "Late.", cause: "engine" });
  expect(story.state).toEqual(state);
  expect(story.ready("a")).toEqual(["admit r1"]);
});

test("news of a model that nobody knows changes nothing", () => {
  const story = new Story([model("a")]);
  const { state } = story;
  story.tell({ type: "ready", model: "x", generation: 1 });
  story.tell({ type: "touch", model: "x" });
  story.tell({ type: "loadEstimate", model: "x", seconds: 5 });
  expect(story.state).toEqual(state);
});

test("an adopted engine serves at once, holds its memory, and later starts have higher generations", () => {
  const story = new Story([model("a"), model("b")]);
  story.tell({ type: "adopt", model: "a", generation: 41, nodes: ["local"], readyAt: -300 });
  expect(story.asks("r1", "a")).toEqual(["admit r1"]);
  expect(story.asks("r2", "b")).toEqual([]);
  story.leaves("r1");
  story.passes(60);
  story.stopped("a");
  expect(story.actions).toEqual([{ type: "start", model: "b", generation: 42, nodes: ["local"] }]);
});

test("an engine whose stop is not verified keeps its memory on the ledger", () => {
  const story = new Story([model("a")]).loads("a");
  story.stop("a");
  story.tell({ type: "stuck", model: "a", generation: 1, reason: "It does not die." });
  expect(story.state.engines.a).toMatchObject({ phase: "stopping", heldGiB: 70, stuck: "It does not die." });
  story.stopped("a");
  expect(story.state.engines.a).toMatchObject({ phase: "absent", heldGiB: 0, stuck: null });
});
