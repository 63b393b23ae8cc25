import { expect, test } from "vitest";
import { model, Story } from "../../../test/support/scheduler/story.ts";
import { engineView } from "./view.ts";

const view = (story: Story, id: string) => engineView(story.state, story.params, story.at, id);

test("shows what runs, who waits, and when it will stop by itself", () => {
  const story = new Story([model("a", { concurrency: 1 })]).loads("a");
  expect(view(story, "a")).toMatchObject({ phase: "ready", readyAt: 100, running: 0, stopsAt: 1300, generation: 1 });
  story.asks("r1", "a");
  story.asks("r2", "a");
  expect(view(story, "a")).toMatchObject({ running: 1, waiting: 1, stopsAt: null });
});

test("a failure counts as failed only while it forbids a start, and stays readable", () => {
  const story = new Story([model("a")]);
  story.asks("r1", "a");
  story.fails("a");
  story.leaves("r1");
  expect(view(story, "a")).toMatchObject({ phase: "failed", failure: { reason: "It broke." } });
  story.passes(2);
  expect(view(story, "a")).toMatchObject({ phase: "absent", failure: { reason: "It broke." } });
});

test("knows nothing of a model that is not there", () => {
  expect(view(new Story([]), "a")).toBeNull();
});
