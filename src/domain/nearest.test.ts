import { expect, test } from "vitest";
import { nearestName, nearestNames } from "./nearest.ts";

const keys = ["idleStop", "maxWait", "whenBusy", "eagerness"];

test.each([
  ["idelStop", "idleStop"],
  ["idlestop", "idleStop"],
  ["max_wait", "maxWait"],
  ["whenBsuy", "whenBusy"],
])("%s is taken for %s", (wrong, right) => {
  expect(nearestName(wrong, keys)).toBe(right);
});

test("a name that is far from all is taken for none", () => {
  expect(nearestName("temperature", keys)).toBeNull();
  expect(nearestName("x", [])).toBeNull();
});

test("part of a model's id finds the models that contain it, the shortest first", () => {
  const ids = ["gpt-oss-120b", "gpt-oss-20b", "qwen3-coder-30b", "smollm2-135m-instruct"];
  expect(nearestNames("gpt-oss", ids)).toEqual(["gpt-oss-20b", "gpt-oss-120b"]);
  expect(nearestNames("gpt-oss-21b", ids)[0]).toBe("gpt-oss-20b");
  expect(nearestNames("claude", ids)).toEqual([]);
});
