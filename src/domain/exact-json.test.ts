import fc from "fast-check";
import { expect, test } from "vitest";
import { exactJson, isExactNumber } from "./exact-json.ts";

test.each(["12345678901234567890", "-9223372036854775808", "9007199254740993", "1e400", "[1, 18446744073709551615]"])(
  "%s is written as it came, wherever it stands",
  (number) => {
    const text = `{"seed":${number},"deep":{"list":[ ${number}, "${"7".repeat(20)}"]}}`;
    expect(JSON.stringify(exactJson(text))).toBe(text.replaceAll(" ", ""));
  },
);

test("what a number of JavaScript's keeps is one", () => {
  const { a, b, c } = exactJson('{"a":7,"b":0.5,"c":12345678901234567890}') as Record<string, unknown>;
  expect([a, b, isExactNumber(a), isExactNumber(c)]).toEqual([7, 0.5, false, true]);
});

test("everything else is as JSON.parse has it", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.parse(JSON.stringify(exactJson(text)))).toEqual(JSON.parse(JSON.stringify(JSON.parse(text))));
    }),
  );
});
