import { expect, test } from "vitest";
import { model, Story } from "../../../../test/support/scheduler/story.ts";
import { onePoolNode } from "../../nodes.ts";

const small = { memoryGiB: 30 };

/** Models that stand beside each other; the later ones have been idle for less long. */
function running(...models: ReturnType<typeof model>[]): Story {
  const story = new Story(models);
  for (const { id } of models) story.loads(id);
  return story;
}

function lowered(story: Story, budgetGiB: number): string[] {
  const models = Object.values(story.state.engines).map(({ facts }) => facts);
  return story.tell({ type: "models", models, nodes: [onePoolNode("local", budgetGiB)] });
}

test("a budget that is lowered drains the cheapest engines until what runs fits, and no more", () => {
  const story = running(model("a", small), model("b", small), model("c", small));
  expect(lowered(story, 60)).toEqual(["drain a (budget)", "stop a (budget)"]);
  expect(story.why).toBe("a stops: models together may take less memory now.");
});

test("an engine in use goes after idle ones, and finishes its answers", () => {
  const story = running(model("a", small), model("b", small), model("c", small));
  story.asks("r", "a");
  expect(lowered(story, 30)).toEqual(["drain b (budget)", "drain c (budget)", "stop b (budget)", "stop c (budget)"]);
  expect(lowered(story, 20)).toEqual(["drain a (budget)"]);
  expect(story.leaves("r")).toEqual(["stop a (budget)"]);
});

test("pinned engines go last, but a budget is a budget", () => {
  const story = running(model("a", { ...small, pinned: true }), model("b", small));
  expect(lowered(story, 40)).toEqual(["drain b (budget)", "stop b (budget)"]);
  expect(lowered(story, 20)).toEqual(["drain a (budget)", "stop a (budget)"]);
});

test("a load that does not fit any more is given up, and its waiters are told the numbers", () => {
  const story = new Story([model("a")]);
  story.asks("r", "a");
  expect(lowered(story, 60)).toEqual(["stop a (budget)", "refuse r: insufficient_memory"]);
});

test("a budget that still holds what runs, or is raised, changes nothing", () => {
  const story = running(model("a", small), model("b", small));
  expect([lowered(story, 60), lowered(story, 200)]).toEqual([[], []]);
});
