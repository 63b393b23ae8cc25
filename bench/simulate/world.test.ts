import { describe, expect, test } from "vitest";
import { type PolicyName, policies, policyNames } from "./policies.ts";
import type { Machine, Session } from "./trace.ts";
import { simulate } from "./world.ts";

const big = (loadSeconds: number) => ({ memoryGiB: 70, loadSeconds, concurrency: 4, lifecycle: "normal" as const });

const machine: Machine = {
  budgetGiB: 110,
  unloadSeconds: 5,
  batchSlowdown: 0,
  keepAliveSeconds: 900,
  models: {
    a: big(100),
    b: big(60),
    util: { memoryGiB: 6, loadSeconds: 20, concurrency: 4, lifecycle: "utility" },
  },
};

/** One question of one client: 10 s of work after 1 s of prefill. */
const once = (start: number, model: string): Session => ({
  start,
  client: `client ${start}`,
  steps: [[model, 10, 1, 0]],
});

describe("times are exact", () => {
  test("the first token comes after the load and the prefill", () => {
    expect(simulate(machine, [once(50, "a")], policies.fifo)).toEqual({ waits: [101], swaps: 0, gaveUp: 0 });
  });

  test("a swap costs the end of the answer, the stop and the load", () => {
    const outcome = simulate(machine, [once(0, "a"), once(20, "b")], policies.fifo);
    // b: ready at 100, answered until 111, stopped until 116, loaded until 176, asked at 20.
    expect(outcome).toEqual({ waits: [101, 157], swaps: 1, gaveUp: 0 });
  });

  test("the next step of a closed loop comes after the answer and the thinking", () => {
    const session: Session = {
      start: 0,
      client: "agent",
      steps: [
        ["a", 10, 1, 30],
        ["b", 10, 1, 0],
      ],
    };
    // The agent asks for b at 100 + 11 + 30.
    expect(simulate(machine, [session], policies.bypass)).toEqual({ waits: [101, 66], swaps: 1, gaveUp: 0 });
  });

  test("a utility model stands beside the big one", () => {
    const { waits, swaps } = simulate(machine, [once(0, "a"), once(0, "util")], policies.gated);
    expect([waits.sort(), swaps]).toEqual([[101, 21], 0]);
  });
});

test("whom a policy sends away comes back, and gives up after ten minutes", () => {
  const agent: Session = { start: 0, client: "agent", steps: Array.from({ length: 80 }, () => ["a", 10, 0, 1]) };
  const outcome = simulate(machine, [agent, once(200, "b")], policies.reject);
  expect(outcome).toMatchObject({ gaveUp: 1, swaps: 0 });
});

/** Two people who ask for two models in turn, long enough for every policy to swap. */
const alternating = Array.from({ length: 40 }, (_, index) => once(index * 45, index % 2 === 0 ? "a" : "b"));

test.each<PolicyName>([...policyNames])("%s serves everybody, and the same way each time", (name) => {
  const first = simulate(machine, alternating, policies[name]);
  expect(first.waits.length + first.gaveUp).toBe(alternating.length);
  expect(simulate(machine, alternating, policies[name])).toEqual(first);
});
