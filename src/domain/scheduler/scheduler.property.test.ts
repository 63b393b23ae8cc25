import fc from "fast-check";
import { expect, test } from "vitest";
import {
  budgetGiB,
  type Happening,
  live,
  someFates,
  someHappenings,
  someModels,
} from "../../../test/support/scheduler/life.ts";
import { type Fate, Machine } from "../../../test/support/scheduler/machine.ts";
import { type Eagerness, paramsFor } from "./params.ts";
import { initialState, reduce } from "./scheduler.ts";
import type { ModelFacts } from "./types.ts";

/** The seeds are fixed: a run that fails today fails tomorrow. Set FC_SEED and FC_RUNS to search further. */
const firstSeed = Number(process.env.FC_SEED ?? 1);
const numRuns = Number(process.env.FC_RUNS ?? 500);

const someEagerness = fc.constantFrom<Eagerness>("eager", "balanced", "sticky");

/**
 * Holds `check` against the end of many random lives. On the way the machine checks every action (may-act.ts), that
 * `step` comes to rest, that wake-ups lie in the future, and that decisions depend on nothing but a frozen state.
 */
function inEveryLife(seed: number, check: (machine: Machine) => void): void {
  const property = fc.property(
    someEagerness,
    someModels,
    someFates,
    someHappenings,
    (eagerness: Eagerness, models: ModelFacts[], fates: Fate[], happenings: Happening[]) => {
      const params = paramsFor(eagerness, { queueLimit: 12 });
      const machine = new Machine(params, budgetGiB, () => fates[machine.starts % fates.length]!);
      live(machine, models, happenings);
      check(machine);
    },
  );
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

test("the scheduler's books agree with the machine's", () => {
  inEveryLife(1, (machine) => {
    const phases = Object.entries(machine.state.engines).flatMap(([id, { phase, generation }]) =>
      phase === "absent" || phase === "failed" ? [] : [[id, phase, generation]],
    );
    const real = [...machine.processes.values()].map(({ model, phase, generation }) => [model, phase, generation]);
    expect(phases.sort()).toEqual(real.sort());
    const waiting = [...machine.requests.values()].filter(({ phase }) => phase === "waiting").map(({ id }) => id);
    const running = [...machine.requests.values()].filter(({ phase }) => phase === "running").map(({ id }) => id);
    expect(machine.state.waiting.map(({ id }) => id)).toEqual(waiting);
    expect(machine.state.running.map(({ id }) => id).sort()).toEqual(running.sort());
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
  inEveryLife(3, (machine) => {
    machine.runUntil(machine.at + 100_000);
    for (const { phase } of machine.requests.values()) seen.add(phase);
    for (const { event } of machine.journal) {
      seen.add(event.type);
      if (event.type !== "acted") continue;
      const { action } = event;
      seen.add(action.type === "stop" ? `stop: ${action.reason}` : action.type);
    }
  });
  const reasons = ["idle", "switch", "operator", "abandoned", "removed", "changed", "unhealthy"];
  const actions = ["start", "drain", "admit", "refuse", "cut", ...reasons.map((reason) => `stop: ${reason}`)];
  const ends = ["served", "refused", "cancelled", "cut", "broken"];
  expect([...seen]).toEqual(expect.arrayContaining([...actions, ...ends, "adopt", "stuck", "failed"]));
});
