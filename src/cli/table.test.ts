import fc from "fast-check";
import { expect, test } from "vitest";
import { table } from "./table.ts";

const header = ["model", "size", "about"];
const rows = [
  ["smollm2-135m-instruct", "105 MB", "the smallest of all, for trying out what this can do"],
  ["gpt-oss-20b", "14 GB", "fast"],
];

test("without a limit everything is there", () => {
  expect(table(header, rows).split("\n")[1]).toBe(rows[0]!.join("  "));
});

test("the last column is cut where the terminal ends, and goes where it would say nothing", () => {
  expect(table(header, rows, 50)).toBe(
    "MODEL                  SIZE    ABOUT\nsmollm2-135m-instruct  105 MB  the smallest of al…\ngpt-oss-20b            14 GB   fast\n",
  );
  expect(table(header, rows, 35)).toBe(
    "MODEL                  SIZE\nsmollm2-135m-instruct  105 MB\ngpt-oss-20b            14 GB\n",
  );
});

test("no line is ever wider than the terminal, and each row has a line", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "b", " ", "…"), maxLength: 60 });
  const case_ = fc
    .integer({ min: 1, max: 8 })
    .chain((columns) => fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1 }));
  fc.assert(
    fc.property(case_, fc.integer({ min: 1, max: 120 }), ([head, ...body], width) => {
      const lines = table(head!, body, width).split("\n").slice(0, -1);
      expect(lines).toHaveLength(body.length + 1);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }),
  );
});
