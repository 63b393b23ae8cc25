import fc from "fast-check";
import { expect, test } from "vitest";
import { BodyBudget, type BodyShare } from "./budget.ts";

const limits = { bodyBytes: 100, bodiesBytes: 400 };

function refused(take: () => void): { code?: string; retryAfterSeconds?: number } | null {
  try {
    take();
    return null;
  } catch (error) {
    return (error as { problem: object }).problem;
  }
}

test("however requests come and go, no more is held than may be, of all and of each key, and nothing is left", () => {
  const steps = fc.array(
    fc.record({
      request: fc.nat(9),
      key: fc.constantFrom("a", "b", "c"),
      act: fc.constantFrom("reserve", "add", "close"),
      bytes: fc.nat(120),
    }),
    { maxLength: 80 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      const budget = new BodyBudget(limits);
      const open = new Map<number, { share: BodyShare; key: string; held: number }>();
      const heldBy = (key?: string) =>
        [...open.values()]
          .filter((one) => key === undefined || one.key === key)
          .reduce((sum, { held }) => sum + held, 0);
      for (const { request, key, act, bytes } of all) {
        const one = open.get(request) ?? { share: budget.open(key), key, held: 0 };
        open.set(request, one);
        if (act === "close") {
          one.share.close();
          open.delete(request);
        } else {
          const next = act === "add" ? one.held + bytes : Math.max(one.held, bytes);
          const fits = heldBy() - one.held + next <= 400 && heldBy(one.key) - one.held + next <= 200;
          const problem = refused(() => one.share[act](bytes));
          expect(problem?.code).toBe(fits || next === one.held ? undefined : "server_busy");
          if (problem === null) one.held = next;
        }
        expect(budget.held).toBe(heldBy());
      }
      for (const { share } of open.values()) share.close();
      expect(budget.held).toBe(0);
    }),
  );
});

test("a single body of any allowed size fits into an empty ledger, and a refusal says when to ask again", () => {
  const budget = new BodyBudget({ bodyBytes: 1000, bodiesBytes: 400 });
  budget.open("a").reserve(1000);
  expect(refused(() => budget.open("b").reserve(1))).toMatchObject({ code: "server_busy", retryAfterSeconds: 5 });
});

test("a request that is over takes nothing any more", () => {
  const budget = new BodyBudget(limits);
  const share = budget.open("a");
  share.close();
  share.reserve(50);
  share.close();
  expect(budget.held).toBe(0);
});

test("what can be done without is taken where there is room, and given back like the rest", () => {
  const budget = new BodyBudget({ bodyBytes: 100, bodiesBytes: 100 });
  const share = budget.open("a");
  share.reserve(60);
  expect([share.tryAdd(40), share.tryAdd(1), budget.held]).toEqual([true, false, 100]);
  share.close();
  expect(budget.held).toBe(0);
});
