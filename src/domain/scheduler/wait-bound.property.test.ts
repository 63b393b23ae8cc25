import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Machine } from "../../../test/support/scheduler/machine.ts";
import { nodesOf } from "../../../test/support/scheduler/nodes.ts";
import { model } from "../../../test/support/scheduler/story.ts";
import { waitBound } from "../../../test/support/scheduler/wait-bound.ts";
import { type Eagerness, paramsFor } from "./params.ts";
import type { ModelFacts, Priority } from "./types.ts";

const seed = Number(process.env.FC_SEED ?? 1);
const numRuns = Number(process.env.FC_RUNS ?? 150);

const longestAnswer = 120;

interface Question {
  after: number;
  pick: number;
  priority: Priority;
  takes: number;
}

/** The busier the better: people who never stop asking for what is loaded are what others have to wait for. */
const someQuestions: fc.Arbitrary<Question[]> = fc.array(
  fc.record({
    after: fc.constantFrom(0, 1, 5, 20, 60),
    pick: fc.nat(20),
    priority: fc.constantFrom("interactive", "interactive", "batch"),
    takes: fc.constantFrom(1, 20, 60, longestAnswer),
  }),
  { minLength: 5, maxLength: 120 },
);

const someLoads = fc.array(fc.constantFrom(5, 30, 100, 180, 400), { minLength: 2, maxLength: 4 });

/** Plays the questions and holds each interactive wait against its bound. */
function hold(eagerness: Eagerness, models: ModelFacts[], questions: Question[], beside: boolean): void {
  const limits = { maxWaitSeconds: Number.POSITIVE_INFINITY, queueLimit: Number.POSITIVE_INFINITY };
  const machine = new Machine(paramsFor(eagerness, limits), nodesOf([100]), ({ loadSeconds }) => {
    return { outcome: "ready", seconds: loadSeconds };
  });
  machine.configure(models);
  const bounds = new Map<string, number>();
  for (const [index, { after, pick, priority, takes }] of questions.entries()) {
    machine.runUntil(machine.at + after);
    const facts = models[pick % models.length]!;
    const id = `r${index}`;
    if (priority === "interactive") bounds.set(id, waitBound(machine, facts, longestAnswer, beside));
    machine.ask({ id, model: facts.id, client: `client ${pick}`, priority, work: "chat" }, takes);
  }
  machine.runUntil(machine.at + 100_000);
  for (const [id, bound] of bounds) {
    const { arrivedAt, admittedAt } = machine.requests.get(id)!;
    expect((admittedAt ?? Number.POSITIVE_INFINITY) - arrivedAt, `the wait of ${id}`).toBeLessThanOrEqual(bound);
  }
}

describe.each<Eagerness>(["eager", "balanced", "sticky"])("%s: nobody waits longer than the bound", (eagerness) => {
  const endless = { concurrency: 1000, idleStopSeconds: 0 };

  test("where one model fits at a time", () => {
    const property = fc.property(someLoads, someQuestions, (loads, questions) => {
      const models = loads.map((loadSeconds, index) => model("abcd"[index]!, { ...endless, loadSeconds }));
      hold(eagerness, models, questions, false);
    });
    fc.assert(property, { seed, numRuns });
  });

  test("where several fit", () => {
    const sizes = fc.array(fc.constantFrom(25, 40, 60, 90), { minLength: 4, maxLength: 4 });
    const property = fc.property(someLoads, sizes, someQuestions, (loads, memory, questions) => {
      const models = loads.map((loadSeconds, index) =>
        model("abcd"[index]!, { ...endless, loadSeconds, memoryGiB: memory[index]! }),
      );
      hold(eagerness, models, questions, true);
    });
    fc.assert(property, { seed, numRuns });
  });
});
