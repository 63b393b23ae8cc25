import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Meter, type WeightsProgress } from "./progress.ts";

let reports: WeightsProgress[];
let meter: Meter;
let clock: number;
beforeEach(() => {
  vi.useFakeTimers();
  reports = [];
  meter = new Meter(1000, (report) => reports.push(report));
  clock = 0;
});
afterEach(() => {
  meter.close();
  vi.useRealTimers();
});

/** Tells the meter at a time, in milliseconds since the test began. */
function at(milliseconds: number, done: number, total = 1000) {
  vi.advanceTimersByTime(milliseconds - clock);
  clock = milliseconds;
  meter.update(done, total);
}

describe("a progress meter", () => {
  it("reports at most four times a second, and the end at once", () => {
    for (let done = 0; done < 990; done += 10) at(done, done);
    at(990, 1000);
    expect(reports.map(({ doneBytes }) => doneBytes)).toEqual([0, 240, 490, 740, 1000]);
  });

  it("does not swallow what came last before a silence", () => {
    at(0, 0);
    at(10, 700);
    expect(reports).toHaveLength(1);
    vi.advanceTimersByTime(250);
    expect(reports.at(-1)?.doneBytes).toBe(700);
  });

  it("says how many seconds are left once it knows the pace", () => {
    at(0, 0);
    at(250, 50);
    at(1000, 200);
    at(5000, 1000);
    expect(reports.map(({ secondsLeft }) => secondsLeft)).toEqual([null, null, 4, 0]);
  });

  it("does not count what an earlier run brought as pace", () => {
    at(0, 800);
    at(1000, 810);
    expect(reports.at(-1)?.secondsLeft).toBe(19);
  });

  it("follows a connection that becomes slower", () => {
    at(0, 0);
    at(1000, 900);
    for (let second = 2; second <= 20; second += 1) at(second * 1000, 900 + second);
    expect(reports.at(-1)?.secondsLeft).toBe(80);
  });

  it("begins anew with another source, and counts packed bytes in proportion", () => {
    at(0, 0);
    at(1000, 500);
    at(1001, 10, 500);
    expect(reports.at(-1)).toEqual({ doneBytes: 20, totalBytes: 1000, secondsLeft: null });
  });

  it("says nothing after its end", () => {
    at(0, 0);
    at(10, 700);
    meter.close();
    vi.advanceTimersByTime(1000);
    expect(reports).toHaveLength(1);
  });
});
