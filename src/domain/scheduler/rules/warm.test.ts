import { describe, expect, test } from "vitest";
import { model, Story } from "../../../../test/support/scheduler/story.ts";

const small = model("small", { memoryGiB: 20, loadSeconds: 20 });

function opens(story: Story, id: string, open = true): string[] {
  return story.tell({ type: "hours", model: id, open });
}

describe("a model that is to be loaded once", () => {
  test("starts without a request, and stops for idleness like any other", () => {
    const story = new Story([model("a", { idleStopSeconds: 600 })]);
    expect(story.tell({ type: "warm", model: "a" })).toEqual(["start a"]);
    expect(story.why).toBe("a starts: it is to be loaded from the start, and nobody waits for another model.");
    story.at = 100;
    expect(story.ready("a")).toEqual([]);
    expect(story.passes(700)).toEqual(["700: drain a (idle)", "700: stop a (idle)"]);
    expect(story.stopped("a")).toEqual([]);
  });

  test("waits until the answers in progress are done, and goes behind who waits", () => {
    const story = new Story([small, model("a"), model("b")]).loads("small");
    story.asks("r1", "small");
    expect(story.tell({ type: "warm", model: "a" })).toEqual([]);
    expect(story.asks("r2", "b")).toEqual(["start b"]);
    story.ready("b");
    story.leaves("r1");
    expect(story.leaves("r2")).toEqual([]);
    story.stop("b");
    expect(story.stopped("b")).toEqual(["start a"]);
  });

  test("is dropped at once for somebody who needs the machine, however far it is, and comes afterwards", () => {
    const story = new Story([model("a"), model("b", { idleStopSeconds: 60 })]);
    story.tell({ type: "warm", model: "a" });
    story.at = 99;
    expect(story.asks("r1", "b")).toEqual(["stop a (abandoned)"]);
    expect(story.stopped("a")).toEqual(["start b"]);
    story.ready("b");
    story.leaves("r1");
    story.passes(60);
    expect(story.stopped("b")).toEqual(["start a"]);
  });

  test("has no minimum stay: nobody has asked for it", () => {
    const story = new Story([model("a"), model("b")]);
    story.tell({ type: "warm", model: "a" });
    story.at = 100;
    story.ready("a");
    story.at = 101;
    expect(story.asks("r1", "b")).toEqual(["drain a (switch for b)", "stop a (switch)"]);
  });

  test("is kept as usual for a client that asked for it while it was loading, and gave up", () => {
    const story = new Story([model("a"), model("b")]);
    story.tell({ type: "warm", model: "a" });
    story.asks("r1", "a");
    story.leaves("r1");
    story.at = 100;
    story.ready("a");
    story.at = 101;
    expect(story.asks("r2", "b")).toEqual([]);
  });

  test("is tried again after a pause when it has failed, and given up when it cannot start", () => {
    const story = new Story([model("a")], { warmPauseSeconds: 300, quarantineAfter: 3 });
    story.tell({ type: "warm", model: "a" });
    expect(story.fails("a", "outside")).toEqual([]);
    expect(story.passes(300)).toEqual(["300: start a"]);
    story.fails("a");
    expect(story.passes(300)).toEqual(["600: start a"]);
    story.fails("a");
    expect(story.passes(300)).toEqual(["900: start a"]);
    story.fails("a");
    expect(story.passes(100_000)).toEqual([]);
  });

  test("that is found running is not loaded again", () => {
    const story = new Story([model("a", { idleStopSeconds: 60 })]);
    story.tell({ type: "adopt", model: "a", generation: 4, nodes: ["local"], readyAt: 0 });
    expect(story.tell({ type: "warm", model: "a" })).toEqual([]);
    story.passes(60);
    expect(story.stopped("a")).toEqual([]);
  });
});

describe("a model in its hours", () => {
  test("is loaded when they begin, and not stopped for idleness until they end", () => {
    const story = new Story([model("a", { idleStopSeconds: 600 })]);
    expect(opens(story, "a")).toEqual(["start a"]);
    story.at = 100;
    story.ready("a");
    expect(story.passes(100_000)).toEqual([]);
    story.asks("r1", "a");
    story.at += 10;
    story.leaves("r1");
    expect(opens(story, "a", false)).toEqual([]);
    expect(story.passes(600)).toEqual(["100710: drain a (idle)", "100710: stop a (idle)"]);
    expect(story.stopped("a")).toEqual([]);
  });

  test("makes room for others as usual, and comes back when they have gone", () => {
    const story = new Story([model("a"), model("b", { idleStopSeconds: 60 })]);
    opens(story, "a");
    story.at = 100;
    story.ready("a");
    expect(story.asks("r1", "b")).toEqual(["drain a (switch for b)", "stop a (switch)"]);
    story.stopped("a");
    story.ready("b");
    story.leaves("r1");
    story.passes(60);
    expect(story.stopped("b")).toEqual(["start a"]);
  });

  test("stays away when an operator stops it, until the next ones begin", () => {
    const story = new Story([model("a")]);
    opens(story, "a");
    story.ready("a");
    story.stop("a");
    expect(story.stopped("a")).toEqual([]);
    opens(story, "a", false);
    expect(opens(story, "a")).toEqual(["start a"]);
  });

  test("starts again when its specification changed", () => {
    const story = new Story([model("a")]);
    opens(story, "a");
    story.ready("a");
    story.tell({ type: "stop", model: "a", reason: "changed" });
    expect(story.stopped("a")).toEqual(["start a"]);
  });
});
