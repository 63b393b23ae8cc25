import { describe, expect, test } from "vitest";
import { model, Story } from "../../../test/support/scheduler/story.ts";
import { paramsFor } from "./params.ts";

/** Seconds from the question for `b` until `a` begins to leave. */
function leavesAfter(story: Story, ask: () => string[]): number {
  const asked = story.at;
  if (ask().some((word) => word.startsWith("drain a"))) return 0;
  const told = story.passes(10_000).find((word) => word.includes("drain a (switch"));
  return Number(told?.split(":")[0]) - asked;
}

const slow = () => new Story([model("a", { loadSeconds: 200, idleStopSeconds: 0 }), model("b")]).loads("a");

describe("a quiet model", () => {
  test("lingers for 78 s where its next request usually comes soon", () => {
    const story = slow();
    expect(leavesAfter(story, () => story.asks("r", "b"))).toBe(78);
  });

  test("lingers less where its users usually pause for long", () => {
    const story = slow();
    story.passes(500);
    story.asks("late", "a");
    story.leaves("late");
    expect(leavesAfter(story, () => story.asks("r", "b"))).toBe(15);
  });

  test("lingers not at all for the client that it served last", () => {
    const story = new Story([model("a", { loadSeconds: 200 }), model("b")]).loads("a", { client: "ann" });
    expect(leavesAfter(story, () => story.asks("r", "b", { client: "ann" }))).toBe(0);
  });

  test("lingers as usual where another program of the same client asked during its last answer", () => {
    const story = slow();
    story.asks("long", "a", { client: "ann" });
    story.asks("r", "b", { client: "ann" });
    story.passes(10);
    expect(leavesAfter(story, () => story.leaves("long"))).toBe(78);
  });

  test("lingers at most half of what it costs to load it again", () => {
    const story = new Story([model("a", { loadSeconds: 40 }), model("b")]).loads("a");
    expect(leavesAfter(story, () => story.asks("r", "b"))).toBe(20);
  });

  test("lingers the shorter the more people wait", () => {
    const story = slow();
    const four = () => ["r1", "r2", "r3", "r4"].flatMap((id) => story.asks(id, "b"));
    expect(leavesAfter(story, four)).toBe(78 / 2);
  });

  test("has lingered already where nobody asked for long", () => {
    const story = slow();
    story.passes(200);
    expect(leavesAfter(story, () => story.asks("r", "b"))).toBe(0);
  });
});

describe("a busy model", () => {
  test("leaves when the waiter has waited 2.2 times its own load", () => {
    const story = slow();
    story.asks("long", "a");
    expect(leavesAfter(story, () => story.asks("r", "b"))).toBe(220);
  });

  test("has its minimum stay of one own load, however long others wait", () => {
    const story = new Story([model("a", { loadSeconds: 600 }), model("b", { loadSeconds: 60 })]).loads("a");
    story.asks("long", "a");
    expect(leavesAfter(story, () => story.asks("r", "b"))).toBe(600);
  });

  test("begins to drain two usual answers early, so that no long answer is begun at the last moment", () => {
    const story = slow();
    story.asks("usual", "a");
    story.passes(40);
    story.leaves("usual");
    story.asks("long", "a");
    // The average of a first answer of 0 s and one of 40 s, at a weight of 0.3, is 12 s.
    expect(leavesAfter(story, () => story.asks("r", "b"))).toBe(220 - 2 * 12);
  });

  test("does not hurry for a batch request, which waits two hours", () => {
    const story = slow();
    story.asks("long", "a");
    expect(leavesAfter(story, () => story.asks("r", "b", { priority: "batch" }))).toBe(7200);
  });

  test("is not kept by batch requests of its own", () => {
    const story = new Story([model("a", { loadSeconds: 200 }), model("b")]);
    story.asks("night", "a", { priority: "batch" });
    story.passes(200);
    story.ready("a");
    expect(leavesAfter(story, () => story.asks("r", "b"))).toBe(0);
  });

  test("a pinned one never leaves", () => {
    const story = slow();
    story.asks("r", "b");
    story.tell({ type: "pin", model: "a", pinned: true, owner: "operator" });
    expect(story.passes(10_000)).toEqual([]);
    expect(story.phase("a")).toBe("ready");
  });
});

test("eager switches at the first pause; sticky waits for longer than balanced", () => {
  const after = (eagerness: "eager" | "sticky") => {
    const models = [model("a", { loadSeconds: 200 }), model("b")];
    const story = new Story(models, paramsFor(eagerness)).loads("a");
    return leavesAfter(story, () => story.asks("r", "b"));
  };
  expect([after("eager"), after("sticky")]).toEqual([0, 120]);
});
