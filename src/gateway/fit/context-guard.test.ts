import { expect, test } from "vitest";
import { isWorthCounting, promptFloor } from "./context-guard.ts";

const MiB = 1024 * 1024;
const model = { context: 100_000, state: "ready" as const };

test("an engine is asked to count what may not fit, up to the size that can be asked about in passing", () => {
  expect(isWorthCounting(model, 100_000, null)).toBe(false);
  expect(isWorthCounting(model, MiB, null)).toBe(true);
  expect(isWorthCounting(model, 60 * MiB, null)).toBe(false);
});

test("only the beginning of a body of many megabytes is searched for words", () => {
  const body = Buffer.alloc(60 * MiB, "x");
  body.fill(" ", 9 * MiB);
  const parsed = () => {
    throw new Error("It is not worth parsing.");
  };
  expect(promptFloor(model, body, null, () => 1, parsed)).toEqual({ tokens: 0, exact: false });
  body.fill(" ", 0, MiB);
  expect(
    promptFloor(
      model,
      body,
      null,
      () => 200_000,
      () => ({}),
    ).tokens,
  ).toBe(200_000);
});
