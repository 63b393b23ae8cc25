import { expect, test } from "vitest";
import { model, Story } from "../../../../test/support/scheduler/story.ts";

test("a model that is taken out of the configuration finishes its answers, stops and is forgotten", () => {
  const story = new Story([model("a"), model("b")]).loads("a");
  story.asks("r1", "a");
  expect(story.configured([model("b")])).toEqual(["drain a (removed)"]);
  expect(story.leaves("r1")).toEqual(["stop a (removed)"]);
  story.stopped("a");
  expect(Object.keys(story.state.engines)).toEqual(["b"]);
});

test("a model that did not change keeps running through a reload", () => {
  const story = new Story([model("a")]).loads("a");
  story.asks("r1", "a");
  expect(story.configured([model("a", { concurrency: 8 }), model("new")])).toEqual([]);
  expect(story.phase("a")).toBe("ready");
});

test("a model whose memory changed is started anew with the new figure, for the ledger's sake", () => {
  const story = new Story([model("a")]).loads("a");
  expect(story.configured([model("a", { memoryGiB: 80 })])).toEqual(["drain a (changed)", "stop a (changed)"]);
  story.stopped("a");
  story.asks("r1", "a");
  expect(story.state.engines.a?.heldGiB).toBe(80);
});

test("a model that comes back while its engine still stops is loaded again", () => {
  const story = new Story([model("a")]).loads("a");
  story.configured([]);
  story.configured([model("a")]);
  story.asks("r1", "a");
  expect(story.stopped("a")).toEqual(["start a"]);
});
