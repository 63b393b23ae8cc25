import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayOf } from "../usage.ts";
import { Meter } from "./meter.ts";

const noon = new Date("2026-11-25T12:00:00").getTime() / 1000;
const at = (seconds: number) => ({ steady: 1000 + seconds, wall: noon + seconds });

/** A request that is over at once. */
function use(meter: Meter, limits: Parameters<Meter["begin"]>[0], tokens: number, seconds: number) {
  const reached = meter.begin(limits, 0, at(seconds));
  if (reached === null) meter.end(0, tokens, at(seconds));
  return reached;
}

describe("requests per minute", () => {
  const gaps = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 1, maxLength: 150 });

  test("no sixty seconds, wherever they begin, hold more than the limit", () => {
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 10 }), (waits, requestsPerMinute) => {
        const meter = new Meter();
        const taken: number[] = [];
        let now = 0;
        for (const wait of waits) {
          now += wait;
          if (use(meter, { requestsPerMinute }, 0, now) === null) taken.push(now);
        }
        for (const start of taken) {
          const within = taken.filter((one) => one >= start && one < start + 60);
          expect(within.length).toBeLessThanOrEqual(requestsPerMinute);
        }
      }),
    );
  });

  test("who waits as long as he is told is taken, and a second earlier he is not", () => {
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 5 }), (waits, requestsPerMinute) => {
        const meter = new Meter();
        let now = 0;
        for (const wait of waits) {
          now += wait;
          const reached = use(meter, { requestsPerMinute }, 0, now);
          if (reached === null) continue;
          expect(reached.retryAfterSeconds).toBeGreaterThan(0);
          expect(reached.retryAfterSeconds).toBeLessThanOrEqual(61);
          if (reached.retryAfterSeconds > 1) {
            expect(use(meter, { requestsPerMinute }, 0, now + reached.retryAfterSeconds - 1)).not.toBeNull();
          }
          // On a clock of fractions the very instant may fall on either side.
          now += reached.retryAfterSeconds + 1e-6;
          expect(use(meter, { requestsPerMinute }, 0, now)).toBeNull();
        }
      }),
    );
  });

  test("a burst may take all of it at once, and what was refused does not count", () => {
    const meter = new Meter();
    const refused = Array.from({ length: 30 }, () => use(meter, { requestsPerMinute: 10 }, 0, 0)).filter(Boolean);
    expect(refused).toHaveLength(20);
    expect(meter.gauges({ requestsPerMinute: 10 }, at(0)).requestsPerMinute).toEqual({
      ...{ limit: 10, used: 10, resetSeconds: 61 },
    });
    expect(use(meter, { requestsPerMinute: 10 }, 0, 61)).toBeNull();
  });

  test("whoever sets the clock on the wall changes nothing", () => {
    const meter = new Meter();
    meter.begin({ requestsPerMinute: 1 }, 0, { steady: 0, wall: noon });
    for (const wall of [noon + 86_400, noon - 86_400, 0]) {
      expect(meter.begin({ requestsPerMinute: 1 }, 0, { steady: 1, wall })).not.toBeNull();
    }
  });
});

describe("tokens", () => {
  test("of a minute are counted when an answer is over, and the next one waits until there is room", () => {
    const meter = new Meter();
    const limits = { tokensPerMinute: 100 };
    expect(use(meter, limits, 150, 0)).toBeNull();
    expect(use(meter, limits, 1, 10)).toEqual({ limit: "tokensPerMinute", retryAfterSeconds: 51 });
    expect(use(meter, limits, 1, 61)).toBeNull();
  });

  test("many at once pass a limit by no more than the last of them, where estimates are right", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 500 }),
        (sizes, limit) => {
          const meter = new Meter();
          const taken = sizes.filter((size) => meter.begin({ tokensPerDay: limit }, size, at(0)) === null);
          const all = taken.reduce((sum, size) => sum + size, 0);
          expect(all - (taken.at(-1) ?? 0)).toBeLessThan(limit);
          for (const size of taken) meter.end(size, size, at(1));
          expect(meter.gauges({ tokensPerDay: limit }, at(1)).tokensPerDay!.used).toBe(all);
        },
      ),
    );
  });

  test("one that is larger than the whole limit is served, if nothing else was", () => {
    const meter = new Meter();
    expect(meter.begin({ tokensPerMinute: 100 }, 5000, at(0))).toBeNull();
    expect(meter.begin({ tokensPerMinute: 100 }, 1, at(0))).not.toBeNull();
    meter.end(5000, 40, at(2));
    expect(meter.begin({ tokensPerMinute: 100 }, 1, at(2))).toBeNull();
  });

  test("of a day are free again at midnight, of a month on its first day", () => {
    const meter = new Meter();
    expect(use(meter, { tokensPerDay: 10 }, 10, 0)).toBeNull();
    expect(use(meter, { tokensPerDay: 10 }, 1, 0)).toEqual({ limit: "tokensPerDay", retryAfterSeconds: 12 * 3600 });
    expect(use(meter, { tokensPerDay: 10 }, 1, 12 * 3600)).toBeNull();
    const november = use(meter, { tokensPerMonth: 11 }, 1, 12 * 3600);
    expect(november).toEqual({ limit: "tokensPerMonth", retryAfterSeconds: 5 * 86_400 });
    expect(use(meter, { tokensPerMonth: 11 }, 1, 12 * 3600 + 5 * 86_400)).toBeNull();
  });

  test("a clock that is set back and forth gives nothing twice", () => {
    const step = fc.record({ days: fc.integer({ min: -40, max: 40 }), tokens: fc.integer({ min: 1, max: 30 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const meter = new Meter();
        const limits = { tokensPerDay: 50 };
        const used = new Map<string, number>();
        for (const [index, { days, tokens }] of steps.entries()) {
          const now = { steady: index * 100, wall: noon + days * 86_400 };
          if (meter.begin(limits, 0, now) !== null) continue;
          meter.end(0, tokens, now);
          used.set(dayOf(now.wall), (used.get(dayOf(now.wall)) ?? 0) + tokens);
        }
        for (const tokens of used.values()) expect(tokens).toBeLessThan(50 + 30);
      }),
    );
  });

  test("what was used before a restart counts", () => {
    const meter = new Meter([
      ["2026-11-25", 5],
      ["2026-11-01", 20],
      ["2026-10-31", 1000],
    ]);
    const gauges = meter.gauges({ tokensPerDay: 10, tokensPerMonth: 100 }, at(0));
    expect([gauges.tokensPerDay!.used, gauges.tokensPerMonth!.used]).toEqual([5, 25]);
  });
});

test("so many at once, those that wait too, and no more", () => {
  const meter = new Meter();
  const limits = { concurrent: 2 };
  const begin = () => meter.begin(limits, 0, at(0));
  expect([begin(), begin(), begin()?.limit]).toEqual([null, null, "concurrent"]);
  meter.end(0, 0, at(1));
  expect(begin()).toBeNull();
});

test("of several limits that are reached the longest wait is told", () => {
  const meter = new Meter();
  const limits = { requestsPerMinute: 1, tokensPerDay: 1, concurrent: 1 };
  expect(use(meter, limits, 1, 0)).toBeNull();
  expect(use(meter, limits, 1, 0)?.limit).toBe("tokensPerDay");
});

test("without limits everything is taken", () => {
  const meter = new Meter();
  for (let index = 0; index < 1000; index += 1) expect(meter.begin({}, 1000, at(0))).toBeNull();
  expect(Object.values(meter.gauges({}, at(0))).every((gauge) => gauge === null)).toBe(true);
});
