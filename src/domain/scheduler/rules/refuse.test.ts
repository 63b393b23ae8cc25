import { describe, expect, test } from "vitest";
import { model, Story } from "../../../../test/support/scheduler/story.ts";

function refusal(story: Story) {
  const [action] = story.actions;
  if (action?.type !== "refuse") throw new Error("nothing was refused");
  return action;
}

test("a model that is not configured is refused at once", () => {
  expect(new Story([model("a")]).asks("r1", "b")).toEqual(["refuse r1: model_not_found"]);
});

test("a model that is bigger than the machine is refused with both numbers", () => {
  const story = new Story([model("a", { memoryGiB: 200 })]);
  expect(story.asks("r1", "a")).toEqual(["refuse r1: insufficient_memory"]);
  expect(refusal(story).message).toBe("a needs 200 GiB; this machine gives all models together 110 GiB.");
});

test("a model that cannot stand beside a pinned one is refused until that is unpinned", () => {
  const story = new Story([model("a", { pinned: true }), model("b")]).loads("a");
  expect(story.asks("r1", "b")).toEqual(["refuse r1: insufficient_memory"]);
  expect(refusal(story).message).toContain("a, which is pinned");
  story.tell({ type: "pin", model: "a", pinned: false, owner: "operator" });
  story.asks("r2", "b");
  expect(story.passes(60)).toContainEqual("150: drain a (switch for b)");
});

test("waiters of a model that is taken out of the configuration are refused", () => {
  const story = new Story([model("a"), model("b")]);
  story.asks("r1", "a");
  story.asks("r2", "b");
  expect(story.configured([model("a")])).toEqual(["refuse r2: model_not_found"]);
});

test("a request is refused when the work before it takes longer than the longest wait, and told when to return", () => {
  const story = new Story([model("a"), model("b", { loadSeconds: 600 }), model("c", { loadSeconds: 300 })]).loads("a");
  story.asks("r1", "a");
  story.asks("r2", "b");
  expect(story.asks("r3", "c")).toEqual(["refuse r3: queue_full"]);
  expect(refusal(story).retryAfterSeconds).toBeGreaterThan(900);
});

test("nobody is refused because the loaded model is in use: without a waiter it would never leave", () => {
  const story = new Story([model("a"), model("b", { loadSeconds: 600 })]).loads("a");
  story.asks("r1", "a");
  expect(story.asks("r2", "b")).toEqual([]);
  expect(story.passes(900)).toContainEqual(expect.stringContaining("drain a (switch for b)"));
});

test("500 embeddings at once for a cold model all wait: how long one takes is only guessed", () => {
  const story = new Story([model("a")]);
  expect(story.asks("e0", "a", { work: "embeddings" })).toEqual(["start a"]);
  for (let index = 1; index < 500; index += 1) expect(story.asks(`e${index}`, "a", { work: "embeddings" })).toEqual([]);
});

describe("once it is known that a chat takes 60 s", () => {
  const known = () => {
    const story = new Story([model("a", { concurrency: 1 })]).loads("a", { work: "tokens" });
    story.asks("known", "a");
    story.passes(60);
    story.leaves("known");
    return story;
  };

  test("the 17th is told to come back, and when", () => {
    const story = known();
    for (let index = 0; index < 16; index += 1) story.asks(`r${index}`, "a");
    expect(story.asks("r16", "a")).toEqual(["refuse r16: queue_full"]);
    expect(refusal(story).retryAfterSeconds).toBe(16 * 60);
  });

  test("other kinds of work are not taken to last as long", () => {
    const story = known();
    for (let index = 0; index < 500; index += 1) {
      expect(story.asks(`t${index}`, "a", { work: "tokens" })).not.toContain(`refuse t${index}: queue_full`);
    }
  });

  test("and it is known in the next run", () => {
    const { a } = known().state.engines;
    const next = new Story([model("a", { concurrency: 1, service: a!.usualService })]);
    for (let index = 0; index < 14; index += 1) next.asks(`r${index}`, "a");
    expect(next.asks("r14", "a")).toEqual(["refuse r14: queue_full"]);
  });

  test("answers that were cut short teach nothing", () => {
    const story = known();
    const before = story.state.engines.a!.usualService;
    story.asks("hung", "a");
    story.passes(6000);
    story.tell({ type: "leave", request: "hung", cutShort: true });
    expect(story.state.engines.a!.usualService).toEqual(before);
  });
});

test("who is refused because the queue is full hears a guess where nothing was measured, never one second", () => {
  const story = new Story([model("a", { concurrency: 1 })], { queueLimit: 2 }).loads("a", { work: "tokens" });
  for (const id of ["runs", "q1", "q2", "q3"]) story.asks(id, "a");
  expect(refusal(story).retryAfterSeconds).toBeGreaterThanOrEqual(40);
});

test("batch accepts a longer wait than a person", () => {
  const story = new Story([model("a"), model("b", { loadSeconds: 600 }), model("c", { loadSeconds: 300 })]).loads("a");
  story.asks("r1", "a");
  story.asks("r2", "b");
  expect(story.asks("r3", "c", { priority: "batch" })).toEqual([]);
});

test("a full queue refuses the next, but never one that can be served at once", () => {
  const story = new Story([model("a", { concurrency: 1 })], { queueLimit: 2 }).loads("a");
  for (const id of ["runs", "q1", "q2"]) story.asks(id, "a");
  expect(story.asks("q3", "a")).toEqual(["refuse q3: queue_full"]);
  expect(refusal(story).message).toContain("2 requests wait already");
});

test("while a stop cannot be verified nothing starts on its memory, and people are told why", () => {
  const story = new Story([model("a"), model("b")]).loads("a");
  story.stop("a");
  story.tell({ type: "stuck", model: "a", generation: 1, reason: "process 12 does not die" });
  expect(story.asks("r1", "b")).toEqual(["refuse r1: model_unavailable"]);
  expect(refusal(story).message).toContain("process 12 does not die");
  story.stopped("a");
  expect(story.asks("r2", "b")).toEqual(["start b"]);
});

test("at shutdown all who wait are told", () => {
  const story = new Story([model("a")]);
  story.asks("r1", "a");
  expect(story.tell({ type: "stop", model: "a", reason: "shutdown" })).toEqual([
    "refuse r1: model_unavailable",
    "stop a (shutdown)",
  ]);
});
