import { expect, test } from "vitest";
import { model, Story } from "../../../test/support/scheduler/story.ts";
import { moveEngine } from "./lifecycle.ts";

test("an edge that the table does not know is a loud error", () => {
  const { state } = new Story([model("a")]);
  expect(() => moveEngine(state, "a", "draining", 0)).toThrow("Impossible edge of a: absent -> draining");
});
