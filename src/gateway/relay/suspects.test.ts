import { expect, test } from "vitest";
import { Suspects } from "./suspects.ts";

const lost = (model: string, who: string, generation: number) => (suspects: Suspects) =>
  suspects.lost(model, who, generation);
const ends = (type: "failed" | "stopped", model: string, generation: number) => (suspects: Suspects) =>
  suspects.hear({ type, model, generation });

function after(...steps: ((suspects: Suspects) => void)[]): Suspects {
  const suspects = new Suspects();
  for (const step of steps) step(suspects);
  return suspects;
}

test("who was there at two deaths is guilty, and only for that model", () => {
  const first = [lost("a", "x", 1), ends("failed", "a", 1)];
  expect(after(...first).isGuilty("a", "x")).toBe(false);
  const both = after(...first, lost("a", "x", 2), ends("failed", "a", 2));
  expect([both.isGuilty("a", "x"), both.isGuilty("a", "y"), both.isGuilty("b", "x")]).toEqual([true, false, false]);
});

test("news of a death counts, whether it comes before the broken connections or after them", () => {
  const [one, two] = [
    [lost("a", "x", 1), ends("failed", "a", 1)],
    [lost("a", "x", 2), ends("failed", "a", 2)],
  ];
  for (const steps of [
    [...one, ...two],
    [...one.toReversed(), ...two],
    [...one, ...two.toReversed()],
    [...one.toReversed(), ...two.toReversed()],
  ]) {
    expect(after(...steps).isGuilty("a", "x")).toBe(true);
  }
});

test("a connection that breaks although its engine lives, or is stopped on purpose, is no death", () => {
  const stopped = [1, 2, 3].flatMap((start) => [lost("a", "x", start), ends("stopped", "a", start)]);
  expect(after(...stopped, ends("failed", "a", 4)).isGuilty("a", "x")).toBe(false);
});

test("the verdict is known at once where the news came first, and else with the news", async () => {
  await after(ends("failed", "a", 1)).news("a", 1);
  const suspects = after(lost("a", "x", 2));
  const news = suspects.news("a", 2);
  suspects.hear({ type: "failed", model: "a", generation: 2 });
  await news;
});

test("an answer clears a suspect of its first death", () => {
  const suspects = after(lost("a", "x", 1), ends("failed", "a", 1));
  suspects.clear("a", "x");
  lost("a", "x", 2)(suspects);
  ends("failed", "a", 2)(suspects);
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
  for (let count = 0; count <= 1000; count += 1) suspects.lost("a", `x${count}`, 1);
  expect([suspects.isSuspect("a", "x0"), suspects.isSuspect("a", "x1")]).toEqual([false, true]);
});
