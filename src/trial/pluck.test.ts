import { expect, test } from "vitest";
import { pluck, texts } from "./pluck.ts";

test("a path finds every value that is there, and nothing in an answer of another shape", () => {
  const answer = { choices: [{ delta: { content: "a" } }, { delta: null }, { delta: { content: 3 } }] };
  expect(pluck(answer, "choices.*.delta.content")).toEqual(["a", 3]);
  expect(texts(answer, ["choices.*.delta.content"])).toBe("a");
  for (const odd of [undefined, null, 7, "text", [], { choices: "no list" }]) {
    expect(pluck(odd, "choices.*.delta.content")).toEqual([]);
  }
  expect(pluck({}, "constructor.name")).toEqual([]);
});
