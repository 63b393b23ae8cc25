import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { filledTemplate, type PullRequestFacts } from "./pull-request.ts";
import type { TrialResult } from "./run-trials.ts";

const template = readFileSync(new URL("../../.github/pull_request_template.md", import.meta.url), "utf8");
const passed = (trial: string): TrialResult => ({ trial, outcome: "passed", says: "well", seconds: 1 });
const facts: PullRequestFacts = {
  model: "tiny",
  hardware: "NVIDIA GB10, 119.7 GiB of shared memory",
  weights: null,
  results: [passed("tools/call"), passed("soak")],
  figures: { contextTokens: 8000, loadSeconds: 12, memory: { restGiB: 9, peakGiB: 10, endGiB: 9 } },
  date: "2026-11-25",
};

test("what was proved is ticked with its figures, what cannot be is not", () => {
  const text = filledTemplate(template, facts);
  expect(text).toMatch(/^- \[x\] Hardware it ran on.*: NVIDIA GB10, 119\.7 GiB of shared memory$/m);
  expect(text).toMatch(/^- \[x\] Tool calling verified/m);
  expect(text).toMatch(/^- \[x\] Context window reached in earnest, in tokens: 8000$/m);
  expect(text).toMatch(/^- \[x\] Memory while loaded.*: 9\.0 GiB loaded, 10\.0 GiB at most, ready after 12\.0 s$/m);
  expect(text).toMatch(/^- \[ \] Licence of the weights/m);
  expect(text).toMatch(/^- \[ \] Days of real use/m);
});

test("a failure is not ticked, and shows what was sent and what came", () => {
  const failed: TrialResult = { ...passed("tools/call"), outcome: "failed", sent: { a: 1 }, came: "```" };
  const text = filledTemplate(template, { ...facts, results: [failed], figures: {} });
  expect(text).toMatch(/^- \[ \] Tool calling verified.*tools\/call failed/m);
  expect(text).toContain('"a": 1');
  expect(text).toContain("````\n```\n````");
});
