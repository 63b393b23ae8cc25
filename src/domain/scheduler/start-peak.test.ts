import { describe, expect, test } from "vitest";
import { model, Story } from "../../../test/support/scheduler/story.ts";
import { committedGiB } from "./ledger.ts";

/** Of the 110 GiB of a story's node: 50 later, 100 while it starts. */
const hungry = model("hungry", { memoryGiB: 50, startPeakGiB: 100 });
const small = model("small", { memoryGiB: 30 });

describe("what a model takes only while it starts", () => {
  test("is reserved until it is ready, and then given back", () => {
    const story = new Story([hungry, small]);
    expect(story.asks("x", "hungry")).toEqual(["start hungry"]);
    expect(committedGiB(story.state, "local")).toBe(100);
    expect(story.asks("y", "small")).toEqual([]);
    expect(story.ready("hungry")).toContain("start small");
    expect(committedGiB(story.state, "local")).toBe(80);
  });

  test("asks a neighbour to go whom it will later stand beside", () => {
    const story = new Story([hungry, small]).loads("small");
    story.passes(300);
    expect(story.asks("x", "hungry")).toEqual(["drain small (switch for hungry)", "stop small (switch)"]);
  });

  test("may be more than the machine has: then it starts alone", () => {
    const giant = model("giant", { memoryGiB: 50, startPeakGiB: 130 });
    const story = new Story([giant, model("tiny", { memoryGiB: 1, pinned: true })]).loads("tiny");
    story.asks("x", "giant");
    expect(story.state.engines.giant!.phase).toBe("absent");
    const alone = new Story([giant]);
    expect(alone.asks("x", "giant")).toEqual(["start giant"]);
    expect(committedGiB(alone.state, "local")).toBe(110);
  });

  test("displaces a helper that stays beside it later, and comes back", () => {
    const helper = model("helper", { memoryGiB: 20, lifecycle: "utility" });
    const story = new Story([hungry, helper]).loads("helper");
    story.passes(300);
    expect(story.asks("x", "hungry")).toEqual(["drain helper (switch for hungry)", "stop helper (switch)"]);
    expect(story.stopped("helper")).toEqual(["start hungry"]);
    expect(story.ready("hungry")).toContain("start helper");
  });
});
