/** Random lives of a machine, as values that fast-check can shrink. */
import fc from "fast-check";
import type { ModelFacts, SchedulerEvent } from "../../../src/domain/scheduler/types.ts";
import type { Work } from "../../../src/domain/work.ts";
import type { Fate, Machine } from "./machine.ts";

export interface Happening {
  /** Seconds since the one before. */
  after: number;
  /** Which model, request or client: taken modulo what there is. */
  pick: number;
  what:
    | { type: "ask"; client: number; batch: boolean; work: Work; takes: number }
    | { type: (typeof meddlings)[number] | (typeof losses)[number] }
    | { type: "estimate"; seconds: number }
    | { type: "budget"; budgetGiB: number }
    | { type: "configure"; without: boolean; memoryGiB: number };
}

const meddlings = [
  "giveUp",
  "stop",
  "pin",
  "unpin",
  "touch",
  "clear",
  "warm",
  "open",
  "shut",
  "crash",
  "unhealthy",
  "lateNews",
  /** The next stop is reported as stuck first. */
  "stubborn",
  /** An engine of an earlier run is found alive. */
  "adopt",
] as const;

/** What befalls nodes. */
const losses = ["lose", "lose", "find"] as const;

export const budgetGiB = 100;

const lifecycles = ["normal", "normal", "normal", "utility", "exclusive"] as const;
const outcomes = ["ready", "ready", "ready", "ready", "engine", "outside"] as const;

const facts = fc.record({
  pool: fc.constant("gpu" as const),
  nodes: fc.constant(1),
  service: fc.constant({}),
  memoryGiB: fc.constantFrom(1, 1.5, 10, 20, 30, 45, 60, 95, 120),
  loadSeconds: fc.constantFrom(5, 20, 60, 150, 400),
  concurrency: fc.integer({ min: 1, max: 3 }),
  lifecycle: fc.constantFrom(...lifecycles),
  idleStopSeconds: fc.constantFrom(0, 30, 600),
  pinned: fc.boolean(),
});

/** One to five models; at most one is pinned by the configuration. */
export const someModels: fc.Arbitrary<ModelFacts[]> = fc.array(facts, { minLength: 1, maxLength: 5 }).map((list) =>
  list.map(({ lifecycle, idleStopSeconds, pinned, ...model }, index) => {
    const policy = { lifecycle, idleStopSeconds, pinned: pinned && index === 0, warm: null };
    return { ...model, id: "abcde"[index]!, policy };
  }),
);

export const someFates: fc.Arbitrary<Fate[]> = fc.array(
  fc.record({
    outcome: fc.constantFrom<Fate["outcome"]>(...outcomes),
    seconds: fc.constantFrom(0, 5, 60, 200, 500),
  }),
  { minLength: 1, maxLength: 6 },
);

const ask = fc.record({
  type: fc.constant("ask" as const),
  client: fc.integer({ min: 0, max: 3 }),
  batch: fc.boolean(),
  work: fc.constantFrom<Work>("chat", "chat", "embeddings", "presence"),
  takes: fc.constantFrom(0, 1, 10, 60, 2000),
});

const meddling = fc.record({ type: fc.constantFrom(...meddlings) });

const configuring = fc.oneof(
  fc.record({ type: fc.constant("estimate" as const), seconds: fc.constantFrom(1, 30, 300) }),
  fc.record({ type: fc.constant("budget" as const), budgetGiB: fc.constantFrom(15, 50, budgetGiB) }),
  fc.record({
    type: fc.constant("configure" as const),
    without: fc.boolean(),
    memoryGiB: fc.constantFrom(10, 40, 70),
  }),
);

const after = fc.constantFrom(0, 0, 1, 7, 30, 100, 400, 3000);
const usual = [
  { weight: 12, arbitrary: ask },
  { weight: 5, arbitrary: meddling },
  { weight: 1, arbitrary: configuring },
];
const some = { minLength: 1, maxLength: 40 };

export const someHappenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.record({ after, pick: fc.nat(20), what: fc.oneof(...usual) }),
  some,
);

const losing = { weight: 4, arbitrary: fc.record({ type: fc.constantFrom(...losses) }) };

/** The same with nodes that vanish and return. */
export const happeningsWithLosses: fc.Arbitrary<Happening[]> = fc.array(
  fc.record({ after, pick: fc.nat(20), what: fc.oneof(...usual, losing) }),
  some,
);

/** Some of them span two nodes. */
export const modelsAndGroups: fc.Arbitrary<ModelFacts[]> = fc
  .tuple(someModels, fc.array(fc.constantFrom(1, 1, 2), { minLength: 5, maxLength: 5 }))
  .map(([models, spans]) => models.map((model, index) => ({ ...model, nodes: spans[index]! })));

/** Lets it all happen, one after the other. */
export function live(machine: Machine, models: ModelFacts[], happenings: Happening[]): void {
  machine.configure(models);
  happenings.forEach((happening, index) => {
    machine.runUntil(machine.at + happening.after);
    happen(machine, models, happening, index);
  });
}

function happen(machine: Machine, models: ModelFacts[], { pick, what }: Happening, index: number): void {
  const facts = models[pick % models.length]!;
  const { id: model } = facts;
  if (what.type === "ask") {
    const priority = what.batch ? "batch" : "interactive";
    machine.ask({ id: `r${index}`, model, client: `client ${what.client}`, priority, work: what.work }, what.takes);
  } else if (what.type === "configure") {
    const others = models.filter((other) => other.id !== model);
    machine.configure(what.without ? others : [...others, { ...facts, memoryGiB: what.memoryGiB }]);
  } else if (what.type === "budget") {
    machine.budget([...machine.nodes.keys()][pick % machine.nodes.size]!, what.budgetGiB);
  } else if (what.type === "giveUp") {
    machine.giveUp([...machine.requests.keys()].at(-1 - (pick % 6)) ?? "nobody");
  } else if (what.type === "crash") {
    machine.crash(model);
  } else if (what.type === "adopt") {
    adopt(machine, model);
  } else if (what.type === "lose" || what.type === "find") {
    machine[what.type]([...machine.nodes.keys()][pick % machine.nodes.size]!);
  } else if (what.type === "stubborn") {
    machine.stubborn.add(model);
  } else {
    const generation = machine.state.engines[model]?.generation ?? 0;
    for (const event of news(what, model, generation)) machine.tell(event);
  }
}

function adopt(machine: Machine, model: string): void {
  const facts = machine.models.get(model);
  if (machine.processes.size > 0 || facts === undefined) return;
  // Its process has died out of reach: it is not found a second time before that is heard of.
  if (machine.state.engines[model]?.nodes.length !== 0) return;
  const big = [...machine.nodes.values()].filter((node) => node.budgetGiB >= facts.memoryGiB);
  const nodes = big.map(({ id }) => id).filter((id) => !machine.lost.has(id));
  if (nodes.length >= facts.nodes) machine.adopt(facts, nodes.slice(0, facts.nodes));
}

function news(what: Happening["what"], model: string, generation: number): SchedulerEvent[] {
  const old = { model, generation: generation - 1 };
  switch (what.type) {
    case "estimate":
      return [{ type: "loadEstimate", model, seconds: what.seconds }];
    case "stop":
      return [{ type: "stop", model, reason: "operator" }];
    case "pin":
    case "unpin":
      return [{ type: "pin", model, pinned: what.type === "pin", owner: generation % 2 === 0 ? "operator" : "client" }];
    case "open":
    case "shut":
      return [{ type: "hours", model, open: what.type === "open" }];
    case "touch":
    case "warm":
    case "clear":
      return [{ type: what.type, model }];
    case "unhealthy":
      return [{ type: "unhealthy", model, generation, reason: "No answer." }];
    case "lateNews":
      return [
        { type: "ready", ...old },
        { type: "stopped", ...old },
        { type: "failed", ...old, code: "engine_failed", reason: "Old news.", cause: "engine" },
      ];
    default:
      return [];
  }
}
