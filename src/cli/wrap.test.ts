import { expect, test } from "vitest";
import { wrap } from "./wrap.ts";

test("lines are as full as they may be; a long word stays whole", () => {
  expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrap("a /very/long/path b", 6)).toEqual(["a", "/very/long/path", "b"]);
  expect(wrap("", 6)).toEqual([""]);
});
