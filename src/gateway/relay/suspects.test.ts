import { expect, test } from "vitest";
import { Suspects } from "./suspects.ts";

test("who was there at two deaths is guilty, and only for that model", () => {
  const suspects = new Suspects();
  for (let death = 0; death < 2; death += 1) {
    expect(suspects.isGuilty("a", "x")).toBe(false);
    suspects.lost("a", "x");
    suspects.hear({ type: "failed", model: "a" });
  }
  expect([suspects.isGuilty("a", "x"), suspects.isGuilty("a", "y"), suspects.isGuilty("b", "x")]).toEqual([
    true,
    false,
    false,
  ]);
});

test("a connection that breaks although its engine lives, or is stopped on purpose, is no death", () => {
  const suspects = new Suspects();
  for (let time = 0; time < 3; time += 1) {
    suspects.lost("a", "x");
    suspects.hear({ type: "stopped", model: "a" });
    suspects.hear({ type: "failed", model: "a" });
  }
  expect(suspects.isGuilty("a", "x")).toBe(false);
});

test("an answer clears a suspect of its first death", () => {
  const suspects = new Suspects();
  suspects.lost("a", "x");
  suspects.hear({ type: "failed", model: "a" });
  suspects.clear("a", "x");
  suspects.lost("a", "x");
  suspects.hear({ type: "failed", model: "a" });
  expect(suspects.isGuilty("a", "x")).toBe(false);
});

test("one suspect of a model goes at a time, beside those of other models", () => {
  const suspects = new Suspects();
  const [first, second] = [{}, {}];
  expect([suspects.enter("a", first), suspects.enter("a", second), suspects.enter("b", second)]).toEqual([
    true,
    false,
    true,
  ]);
  suspects.leave("a", second);
  expect(suspects.enter("a", second)).toBe(false);
  suspects.leave("a", first);
  expect(suspects.enter("a", second)).toBe(true);
});

test("a thousand suspects of a model are remembered, and the oldest is forgotten", () => {
  const suspects = new Suspects();
  for (let count = 0; count <= 1000; count += 1) suspects.lost("a", `x${count}`);
  expect([suspects.isSuspect("a", "x0"), suspects.isSuspect("a", "x1")]).toEqual([false, true]);
});
