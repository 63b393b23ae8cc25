import { expect, test } from "vitest";
import { moveEngine } from "./lifecycle.ts";
import { model, Story } from "./testing/story.ts";

test("an edge that the table does not know is a loud error", () => {
  const { state } = new Story([model("a")]);
  expect(() => moveEngine(state, "a", "draining", 0)).toThrow("Impossible edge of a: absent -> draining");
});
