import { beforeAll, describe, expect, test } from "vitest";
import { optimumRatios } from "./optimum.ts";
import { type PolicyName, policies } from "./policies.ts";
import { type Figures, figuresOf } from "./statistics.ts";
import { readClairvoyant, readTrace, type TraceName, traceNames } from "./trace.ts";
import { type Outcome, simulate } from "./world.ts";

function play(name: TraceName, policy: PolicyName): Outcome[] {
  const trace = readTrace(name);
  return trace.runs.map((run) => simulate(trace, run.sessions, policies[policy]));
}

const hearth = {} as Record<TraceName, Figures>;
const played = {} as Record<TraceName, Outcome[]>;
let gatedHome: Figures;

beforeAll(() => {
  for (const name of traceNames) {
    played[name] = play(name, "hearth");
    hearth[name] = figuresOf(played[name]);
  }
  gatedHome = figuresOf(play("home", "gated"));
});

test.each(traceNames)("%s: every request is served, and nobody gives up", (name) => {
  for (const [index, { sessions }] of readTrace(name).runs.entries()) {
    const steps = sessions.reduce((sum, session) => sum + session.steps.length, 0);
    expect(played[name][index]).toMatchObject({ gaveUp: 0, waits: { length: steps } });
  }
});

describe("a week at home", () => {
  test("the mean wait is at most 0.65 times that of gated collation", () => {
    expect(hearth.home.mean).toBeLessThanOrEqual(0.65 * gatedHome.mean);
  });

  test("the longest wait is at most 1.5 times that of gated collation", () => {
    expect(hearth.home.max).toBeLessThanOrEqual(1.5 * gatedHome.max);
  });

  test("keeps what the policy has reached", () => {
    expect(hearth.home.mean).toBeLessThan(24);
    expect(hearth.home.p95).toBeLessThan(251);
    expect(hearth.home.p99).toBeLessThan(465.5);
    expect(hearth.home.swaps).toBeLessThan(130);
  });
});

test("the office: half of the requests wait seconds, and the tail stays below what earlier versions paid", () => {
  expect(hearth.office.p50).toBeLessThan(1.75);
  expect(hearth.office.mean).toBeLessThan(218.5);
  expect(hearth.office.p95).toBeLessThan(900.5);
  expect(hearth.office.max).toBeLessThan(1300);
});

test("duel: two closed loops on two models do not make the machine swap for ever", () => {
  expect(hearth.duel.swaps).toBeLessThanOrEqual(20);
});

test("steady: an agent that never pauses does not starve a lone chat", () => {
  expect(hearth.steady.max).toBeLessThan(600);
});

test("two clients in turn, one request each 30 s: both are served, with few swaps", () => {
  expect(hearth.alternating.swaps).toBeLessThanOrEqual(12);
  expect(hearth.alternating.max).toBeLessThan(600);
});

describe("against the clairvoyant optimum of small traces", () => {
  test("the mean wait is at most 2.5 times the optimum", () => {
    const ratios = optimumRatios(readClairvoyant(), policies.hearth);
    for (const [trace, ratio] of Object.entries(ratios)) expect(ratio, trace).toBeLessThanOrEqual(2.5);
    expect(Object.keys(ratios)).toHaveLength(4);
  });

  test("no policy beats it, on any single trace", () => {
    const data = readClairvoyant();
    for (const trace of data.traces) {
      for (const policy of ["fifo", "gated", "bypass", "hearth"] as const) {
        const [ratio] = Object.values(optimumRatios({ ...data, traces: [trace] }, policies[policy]));
        expect(ratio, `${policy}, ${trace.trace}, ${trace.seed}`).toBeGreaterThanOrEqual(1);
      }
    }
  });
});
