import { expect, test } from "vitest";
import { model, Story } from "../../../test/support/scheduler/story.ts";

function failsToStart(times: number): Story {
  const story = new Story([model("a"), model("b")]);
  story.asks("r1", "a");
  for (let count = 0; count < times; count += 1) {
    if (count > 0) story.passes(30);
    story.fails("a");
  }
  return story;
}

test("the first failures cost 1 s and 5 s, and those who wait go on waiting", () => {
  const story = failsToStart(1);
  expect(story.passes(10)).toEqual(["1: start a"]);
  story.fails("a");
  expect(story.passes(10)).toEqual(["15: start a"]);
});

test("after the third the model is left alone for ten minutes, and says so", () => {
  const story = failsToStart(3);
  expect(story.state.waiting).toEqual([]);
  expect(story.actions).toMatchObject([{ type: "refuse", code: "model_unavailable", retryAfterSeconds: 600 }]);
  story.passes(100);
  expect(story.asks("r2", "a")).toEqual(["refuse r2: model_unavailable"]);
  expect(story.actions).toMatchObject([{ retryAfterSeconds: 500, message: expect.stringContaining("It broke.") }]);
});

test("an operator ends the quarantine", () => {
  const story = failsToStart(3);
  story.tell({ type: "clear", model: "a" });
  expect(story.asks("r2", "a")).toEqual(["start a"]);
});

test("after the quarantine one start is tried; if that fails too, the next quarantine begins", () => {
  const story = failsToStart(3);
  story.passes(600);
  expect(story.asks("r2", "a")).toEqual(["start a"]);
  expect(story.fails("a")).toEqual(["refuse r2: model_unavailable"]);
});

test("an answered request begins the count anew", () => {
  const story = failsToStart(2);
  story.passes(30);
  story.ready("a");
  story.leaves("r1");
  story.fails("a");
  expect(story.state.engines.a?.failure).toMatchObject({ quarantined: false, until: story.at + 1 });
});

test("a model in back-off does not keep others from being loaded", () => {
  const story = failsToStart(2);
  expect(story.asks("r2", "b")).toEqual(["start b"]);
});

test("missing memory is nobody's fault: waiters are told, and the next request tries again", () => {
  const story = new Story([model("a")]);
  story.asks("r1", "a");
  expect(story.fails("a", "insufficient_memory")).toEqual(["refuse r1: insufficient_memory"]);
  expect(story.asks("r2", "a")).toEqual(["start a"]);
});

test("an engine that dies takes its leases with it, and starts again when somebody asks", () => {
  const story = new Story([model("a")]).loads("a");
  story.asks("r1", "a");
  story.fails("a");
  expect(story.state.running).toEqual([]);
  story.asks("r1 again", "a");
  expect(story.passes(1)).toEqual(["101: start a"]);
});

test("an engine that falls ill counts as failed once it has stopped", () => {
  const story = new Story([model("a")]).loads("a");
  story.tell({ type: "unhealthy", model: "a", generation: 1, reason: "No answer." });
  story.stopped("a");
  expect(story.state.engines.a).toMatchObject({ phase: "failed", failures: 1, failure: { reason: "No answer." } });
});
