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
  expect(story.state.engines.a).toMatchObject({ failures: 0 });
});

test("a model in back-off does not keep others from being loaded", () => {
  const story = failsToStart(2);
  expect(story.asks("r2", "b")).toEqual(["start b"]);
});

test("missing memory is nobody's fault: waiters are told, and the next request tries again", () => {
  const story = new Story([model("a")]);
  story.asks("r1", "a");
  expect(story.fails("a", "outside")).toEqual(["refuse r1: insufficient_memory"]);
  expect(story.asks("r2", "a")).toEqual(["start a"]);
});

test("a process that ends by itself at once will do so again: whoever waits is told at the first failure", () => {
  const story = new Story([model("a")]);
  story.asks("r1", "a");
  expect(story.fails("a", "atOnce")).toEqual(["refuse r1: model_unavailable"]);
  expect(story.actions).toMatchObject([{ retryAfterSeconds: 1, message: expect.stringContaining("It broke.") }]);
  expect(story.asks("r2", "a")).toEqual([]);
  expect(story.passes(1)).toEqual(["1: start a"]);
});

test("what is missing outside the model never forbids a start, however often it is missing", () => {
  const story = new Story([model("a")]);
  for (const id of ["r1", "r2", "r3", "r4", "r5"]) {
    expect(story.asks(id, "a")).toEqual(["start a"]);
    story.fails("a", "outside");
  }
  expect(story.state.engines.a).toMatchObject({ phase: "absent", failures: 0 });
});

test("a changed configuration may have mended it: no failure is held against a model any more", () => {
  const story = failsToStart(3);
  expect(story.asks("r2", "a")).toEqual(["refuse r2: model_unavailable"]);
  story.configured([model("a"), model("b")]);
  expect(story.asks("r3", "a")).toEqual(["start a"]);
});

test("an engine that dies while it serves takes its leases with it, and starts again at once", () => {
  const story = new Story([model("a")]).loads("a");
  story.asks("r1", "a");
  story.asks("q1", "a");
  story.asks("q2", "a");
  expect(story.fails("a")).toEqual(["start a"]);
  expect(story.state.running).toEqual([]);
  expect(story.state.waiting.map(({ id }) => id)).toEqual(["q2"]);
  expect(story.state.engines.a).toMatchObject({ failures: 0, deaths: 1 });
});

test("deaths in a row slow down, but refuse nobody and never quarantine; an answer begins the count anew", () => {
  const story = new Story([model("a")]).loads("a");
  const pauses = [0, 0, 1, 5, 25, 25].map((pause, death) => {
    story.asks(`r${death}`, "a");
    story.fails("a");
    const diedAt = story.at;
    story.asks(`again ${death}`, "a");
    expect(story.actions.filter(({ type }) => type === "refuse")).toEqual([]);
    story.passes(pause);
    story.ready("a");
    return story.state.engines.a!.since - diedAt;
  });
  expect(pauses).toEqual([0, 0, 1, 5, 25, 25]);
  story.leaves("again 5");
  expect(story.state.engines.a).toMatchObject({ deaths: 0 });
});

test("one that dies idle, soon after its load and before anybody used it, cannot start", () => {
  const story = new Story([model("a")]);
  story.asks("r1", "a");
  story.leaves("r1");
  story.passes(100);
  story.ready("a");
  story.passes(59);
  story.fails("a");
  expect(story.state.engines.a).toMatchObject({ failures: 1, deaths: 0 });
});

test("an engine that falls ill is restarted like one that died", () => {
  const story = new Story([model("a")]).loads("a");
  story.tell({ type: "unhealthy", model: "a", generation: 1, reason: "No answer." });
  story.stopped("a");
  expect(story.state.engines.a).toMatchObject({ phase: "failed", deaths: 1, failure: { reason: "No answer." } });
});
