import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { model } from "../../../test/support/model-spec.ts";
import { parseWeekHours } from "../../config/week-hours.ts";
import type { ModelPolicy } from "../../domain/model-policy.ts";
import { Schedules } from "./schedules.ts";

beforeEach(() => void vi.useFakeTimers({ now: Date.parse("2026-03-27T12:00:00Z") }));
afterEach(() => void vi.useRealTimers());

function warm(id: string, how: ModelPolicy["warm"]) {
  const plain = model(id);
  return { ...plain, policy: { ...plain.policy, warm: how } };
}

const office = { ranges: parseWeekHours("Mon-Fri 7:30-18:00")!, zone: "Europe/Berlin" };

function told(): { schedules: Schedules; events: string[] } {
  const events: string[] = [];
  const schedules = new Schedules((event) => {
    const open = event.type === "hours" ? (event.open ? " open" : " shut") : "";
    events.push(`${new Date().toISOString().slice(5, 16)} ${event.type}${open} ${"model" in event ? event.model : ""}`);
  });
  return { schedules, events };
}

test("hours open and close on time, over a change of the clocks too", () => {
  const { schedules, events } = told();
  schedules.follow([warm("a", office), model("b")]);
  vi.advanceTimersByTime(4 * 86_400_000);
  schedules.close();
  vi.advanceTimersByTime(86_400_000);
  expect(events).toEqual([
    "03-27T12:00 hours open a",
    "03-27T17:00 hours shut a",
    "03-30T05:30 hours open a",
    "03-30T16:00 hours shut a",
    "03-31T05:30 hours open a",
  ]);
});

test("what is to be warm from the start is said once, however often the configuration changes", () => {
  const { schedules, events } = told();
  schedules.follow([warm("a", "start")]);
  schedules.follow([warm("a", "start"), warm("later", "start")]);
  expect(events).toEqual(["03-27T12:00 warm a", "03-27T12:00 warm later"]);
  schedules.close();
});

test("changed hours hold at once, unchanged ones are not said again", () => {
  const { schedules, events } = told();
  schedules.follow([warm("a", office), warm("b", office)]);
  schedules.follow([warm("a", office), warm("b", { ...office, ranges: parseWeekHours("Sat 9:00-12:00")! })]);
  schedules.follow([warm("a", null), { ...warm("b", office), status: "disabled" }]);
  expect(events.map((event) => event.slice(12))).toEqual([
    "hours open a",
    "hours open b",
    "hours shut b",
    "hours shut a",
  ]);
  schedules.close();
});

test("a clock that is set is followed within a minute", () => {
  const { schedules, events } = told();
  schedules.follow([warm("a", office)]);
  vi.setSystemTime(Date.parse("2026-03-27T20:00:00Z"));
  vi.advanceTimersByTime(60_000);
  expect(events.at(-1)).toBe("03-27T20:01 hours shut a");
  schedules.close();
});
