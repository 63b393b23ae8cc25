import fc from "fast-check";
import { expect, test } from "vitest";
import { Turns } from "./turns.ts";

/** A loop of the test's own: `turn` runs what the next turn brings; work takes as long as it says. */
function loop() {
  let now = 0;
  let next: (() => void)[] = [];
  const turns = new Turns(
    () => now,
    (begin) => void next.push(begin),
  );
  return {
    turns,
    work: (ms: number) => {
      now += ms;
    },
    /** Milliseconds that it took. */
    turn() {
      const begins = next;
      next = [];
      const before = now;
      for (const begin of begins) begin();
      return now - before;
    },
    get idle() {
      return next.length === 0;
    },
  };
}

test("no turn takes longer than its share and one piece of work, all is done, and in order", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 100 }), (costs) => {
      const { turns, work, turn } = loop();
      const done: number[] = [];
      for (const [index, ms] of costs.entries()) {
        turns.later(() => {
          work(ms);
          done.push(index);
        });
      }
      for (let count = 0; count <= costs.length && done.length < costs.length; count++) {
        expect(turn()).toBeLessThan(8 + 6);
      }
      expect(done).toEqual(costs.map((_, index) => index));
    }),
  );
});

test("whoever comes while others wait, or when the turn is used up, waits", () => {
  const { turns, work, turn } = loop();
  expect(turns.mayGo).toBe(true);
  work(9);
  expect(turns.mayGo).toBe(false);
  turn();
  expect(turns.mayGo).toBe(true);
  turns.later(() => {});
  expect(turns.mayGo).toBe(false);
});

test("what is put off by the work itself comes in the turn after, and nothing runs when nothing is left", () => {
  const rig = loop();
  let ran = 0;
  const again = () => {
    ran += 1;
    if (ran < 3) rig.turns.later(again);
  };
  rig.turns.later(again);
  rig.turn();
  expect(ran).toBe(1);
  rig.turn();
  rig.turn();
  rig.turn();
  expect([ran, rig.idle]).toEqual([3, true]);
});
