import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  budgetGiB,
  happeningsWithLosses,
  live,
  modelsAndGroups,
  someFates,
  someHappenings,
  someModels,
} from "../../../test/support/scheduler/life.ts";
import { Machine } from "../../../test/support/scheduler/machine.ts";
import { nodesOf } from "../../../test/support/scheduler/nodes.ts";
import { type Eagerness, paramsFor } from "./params.ts";
import { initialState, reduce } from "./scheduler.ts";

/** The seeds are fixed: a run that fails today fails tomorrow. Set FC_SEED and FC_RUNS to search further. */
const firstSeed = Number(process.env.FC_SEED ?? 1);
const numRuns = Number(process.env.FC_RUNS ?? 500);

const someEagerness = fc.constantFrom<Eagerness>("eager", "balanced", "sticky");

const worlds = {
  "one node": { budgets: fc.constant([budgetGiB]), models: someModels, happenings: someHappenings },
  "nodes that vanish and return": {
    budgets: fc.array(fc.constantFrom(60, budgetGiB, 120), { minLength: 2, maxLength: 3 }),
    models: modelsAndGroups,
    happenings: happeningsWithLosses,
  },
};

describe.each(Object.entries(worlds))("%s", (_, { budgets, models, happenings }) => {
  /**
   * Holds `check` against the end of many random lives. On the way the machine checks every action (may-act.ts), that
   * `step` comes to rest, that wake-ups lie in the future, and that decisions depend on nothing but a frozen state.
   */
  function inEveryLife(seed: number, check: (machine: Machine) => void): void {
    const property = fc.property(someEagerness, budgets, models, someFates, happenings, (eagerness, sizes, ...life) => {
      const [facts, fates, events] = life;
      const params = paramsFor(eagerness, { queueLimit: 12 });
      const machine = new Machine(params, nodesOf(sizes), () => fates[machine.starts % fates.length]!);
      live(machine, facts, events);
      check(machine);
    });
    fc.assert(property, { seed: firstSeed + seed, numRuns });
  }

  test("whatever happens, every request ends: served, refused, cancelled, cut or broken off", () => {
    inEveryLife(0, (machine) => {
      machine.runUntil(machine.at + 100_000);
      const open = [...machine.requests.values()].filter(({ phase }) => phase === "waiting" || phase === "running");
      expect(open).toEqual([]);
      expect([machine.state.waiting, machine.state.running]).toEqual([[], []]);
    });
  });

  test("the scheduler's books agree with the machine's, once everything is heard of", () => {
    inEveryLife(1, (machine) => {
      for (const node of machine.nodes.keys()) machine.find(node);
      const phases = Object.entries(machine.state.engines).flatMap(([id, { phase, generation, nodes }]) =>
        phase === "absent" || phase === "failed" ? [] : [[id, phase, generation, nodes]],
      );
      const real = [...machine.processes.values()].map(({ model, phase, generation, nodes }) => [
        model,
        phase,
        generation,
        nodes,
      ]);
      expect(phases.sort()).toEqual(real.sort());
      const waiting = [...machine.requests.values()].filter(({ phase }) => phase === "waiting").map(({ id }) => id);
      const running = [...machine.requests.values()].filter(({ phase }) => phase === "running").map(({ id }) => id);
      expect(machine.state.waiting.map(({ id }) => id)).toEqual(waiting);
      expect(machine.state.running.map(({ id }) => id).sort()).toEqual(running.sort());
    });
  });

  test("what runs comes to fit the budget, however that was changed", () => {
    inEveryLife(4, (machine) => {
      for (const node of machine.nodes.keys()) machine.find(node);
      machine.runUntil(machine.at + 100_000);
      for (const { id, budgetGiB: budget } of machine.nodes.values()) {
        const there = [...machine.processes.values()].filter(({ nodes }) => nodes.includes(id));
        expect(there.reduce((sum, { memoryGiB }) => sum + memoryGiB, 0)).toBeLessThanOrEqual(budget);
      }
    });
  });

  test("the journal alone gives the state: folded once more from its JSON, it is the same", () => {
    inEveryLife(2, (machine) => {
      const journal = JSON.parse(JSON.stringify(machine.journal)) as Machine["journal"];
      const folded = journal.reduce((state, { at, event }) => reduce(state, event, at, machine.params), initialState());
      expect(folded).toEqual(machine.state);
    });
  });

  test("the random lives know every kind of action, every reason to stop, and every end of a request", () => {
    const seen = new Set<string>();
    inEveryLife(5, (machine) => {
      machine.runUntil(machine.at + 100_000);
      for (const { phase } of machine.requests.values()) seen.add(phase);
      for (const { event } of machine.journal) {
        seen.add(event.type);
        if (event.type !== "acted") continue;
        const { action } = event;
        seen.add(action.type === "stop" ? `stop: ${action.reason}` : action.type);
      }
    });
    const reasons = ["idle", "switch", "operator", "abandoned", "removed", "changed", "unhealthy", "budget"];
    const actions = ["start", "drain", "admit", "refuse", "cut", ...reasons.map((reason) => `stop: ${reason}`)];
    const ends = ["served", "refused", "cancelled", "cut", "broken"];
    expect([...seen]).toEqual(expect.arrayContaining([...actions, ...ends, "adopt", "stuck", "failed"]));
  });
});
