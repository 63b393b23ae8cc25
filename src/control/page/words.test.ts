import { expect, test } from "vitest";
import { modelView } from "../../../test/support/control/fake-link.ts";
import { duration, factsOf, faultOf, gibibytes, isActive, matches, otherProgramsGiB } from "./words.js";

test.each([
  [-3, "0 s"],
  [45.4, "45 s"],
  [100, "2 min"],
  [3600, "60 min"],
  [7500, "2 h 5 min"],
  [200_000, "2 d 7 h"],
])("%d seconds are %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test.each([
  [0, "0 GiB"],
  [0.25, "256 MiB"],
  [3.54, "3.5 GiB"],
  [113.7, "114 GiB"],
])("%d is %s", (value, text) => {
  expect(gibibytes(value)).toBe(text);
});

test("what a ready model does, and when it stops", () => {
  const model = modelView("a", { state: "ready", running: 2, waiting: 1, stopsAt: 1060, memoryGiB: 4 });
  expect(factsOf(model, 1000)).toBe("2 running · 1 waiting · stops in 60 s · 4 GiB · 8,192 tokens");
  expect(factsOf({ ...model, stopsAt: null }, 1000)).toContain("in use");
  expect(factsOf({ ...model, stopsAt: null, running: 0 }, 1000)).toContain("does not stop by itself");
});

test("what a model that is not loaded would take", () => {
  expect(factsOf(modelView("a"), 1000)).toBe("answers after about 30 s · 10 GiB · 8,192 tokens · chat");
});

test("other programs take what is neither available nor in engines", () => {
  const memory = { totalGiB: 128, availableGiB: 90, budgetGiB: 120, committedGiB: 50, floorGiB: 8 };
  const engine = (rssGiB: number | null) => ({ pid: 1, origin: "", generation: 1, rssGiB });
  const loaded = [modelView("a", { process: engine(20) }), modelView("b", { process: engine(null) }), modelView("c")];
  expect(otherProgramsGiB({ memory, models: loaded })).toBe(8);
  expect(otherProgramsGiB({ memory, models: [modelView("c")] })).toBe(38);
});

test("why a model cannot be had", () => {
  expect(faultOf(modelView("a"), 1000)).toBe("");
  const failure = { code: "engine_failed", reason: "It exited with 1", at: 990, until: 1060 };
  expect(faultOf(modelView("a", { failure }), 1000)).toBe("It exited with 1. Tried again in 60 s.");
  expect(faultOf(modelView("a", { failure }), 1061)).toBe("It exited with 1.");
  expect(faultOf(modelView("a", { status: "disabled", statusReason: "Broken." }), 0)).toBe("Disabled: Broken.");
});

test("a model is on the machine from the first who waits for it", () => {
  expect(isActive(modelView("a"))).toBe(false);
  expect(isActive(modelView("a", { waiting: 1 }))).toBe(true);
  expect(isActive(modelView("a", { state: "failed" }))).toBe(true);
});

test("a model is found by its names and by what it can do", () => {
  const model = modelView("qwen3-coder", { aliases: ["coder"], capabilities: ["chat", "tools"] });
  expect(["", "QWEN", "tools coder"].every((filter) => matches(model, filter))).toBe(true);
  expect(matches(model, "qwen vision")).toBe(false);
});
