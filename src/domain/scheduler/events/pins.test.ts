import { expect, test } from "vitest";
import { model, Story } from "../../../../test/support/scheduler/story.ts";

const pins = (story: Story) => story.state.engines.a?.pinnedBy;

test("a client takes back its own pin alone, whatever it remembers of it", () => {
  const story = new Story([model("a", { pinned: true })]);
  story.tell({ type: "pin", model: "a", pinned: true, owner: "client" });
  story.tell({ type: "pin", model: "a", pinned: true, owner: "operator" });
  expect(pins(story)).toEqual(["configuration", "client", "operator"]);
  story.tell({ type: "pin", model: "a", pinned: false, owner: "client" });
  story.tell({ type: "pin", model: "a", pinned: false, owner: "client" });
  expect(pins(story)).toEqual(["configuration", "operator"]);
});

test("an operator's unpin ends every pin, and the configuration pins again when it changes its mind", () => {
  const story = new Story([model("a", { pinned: true })]);
  story.tell({ type: "pin", model: "a", pinned: true, owner: "client" });
  story.tell({ type: "pin", model: "a", pinned: false, owner: "operator" });
  story.configured([model("a", { pinned: true, concurrency: 4 })]);
  expect(pins(story)).toEqual([]);
  story.configured([model("a")]);
  story.configured([model("a", { pinned: true })]);
  expect(pins(story)).toEqual(["configuration"]);
});

test("an operator's pin outlives a reload, also one in which the configuration takes back its own", () => {
  const story = new Story([model("a", { pinned: true })]);
  story.tell({ type: "pin", model: "a", pinned: true, owner: "operator" });
  story.configured([model("a")]);
  expect(pins(story)).toEqual(["operator"]);
});
