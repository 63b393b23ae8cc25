import fc from "fast-check";
import { expect, test } from "vitest";
import { MachineTime } from "./machine-time.ts";

test("one alone has all of its time, two at once have half each", () => {
  const machine = new MachineTime();
  const ann = machine.enter(1000);
  const bob = machine.enter(1100);
  expect(machine.leave(ann, 1300)).toBe(200);
  expect(machine.leave(bob, 1350)).toBe(150);
});

test("whatever comes and goes, the shares together are the time in which anybody was there", () => {
  const visit = fc.record({ at: fc.nat(10_000), lasts: fc.nat(3000) });
  fc.assert(
    fc.property(fc.array(visit, { minLength: 1, maxLength: 30 }), (visits) => {
      const machine = new MachineTime();
      const steps = visits.flatMap(({ at, lasts }, who) => [
        { at, who, enters: true },
        { at: at + lasts, who, enters: false },
      ]);
      steps.sort((a, b) => a.at - b.at || Number(b.enters) - Number(a.enters));
      const entered = new Map<number, number>();
      let shares = 0;
      let busy = 0;
      let since = 0;
      for (const { at, who, enters } of steps) {
        if (entered.size > 0) busy += at - since;
        since = at;
        if (enters) entered.set(who, machine.enter(at));
        else {
          const share = machine.leave(entered.get(who)!, at);
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(visits[who]!.lasts + 1e-6);
          shares += share;
          entered.delete(who);
        }
      }
      expect(shares).toBeCloseTo(busy, 5);
    }),
  );
});
