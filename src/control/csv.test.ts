import { expect, test } from "vitest";
import { csvLine, flattened } from "./csv.ts";

test("cells are quoted where they must be, and nothing is run as a formula", () => {
  expect(csvLine(["plain", 'a "b", c', null, 1.5, true])).toBe('plain,"a ""b"", c",,1.5,true\r\n');
  expect(csvLine(["=1+1", "@x", "-rm", -3])).toBe("'=1+1,'@x,'-rm,-3\r\n");
  expect(csvLine(["two\nlines"])).toBe('"two\nlines"\r\n');
});

test("what is nested has a column of its own", () => {
  expect(flattened({ id: "r", tokens: { in: 1, out: null }, fixups: ["a", "b"] })).toEqual({
    ...{ id: "r", "tokens.in": 1, "tokens.out": null, fixups: "a b" },
  });
});
