/** What must hold whenever the scheduler acts, judged by the machine's own books. */
import { expect } from "vitest";
import { isPinned } from "../../../src/domain/scheduler/state.ts";
import type { SchedulerAction } from "../../../src/domain/scheduler/types.ts";
import { type Books, isUnheard, type Process } from "./books.ts";

/** Rounding of sums of memory figures. */
const slack = 1e-6;

/** Fails where the action must not be done now. */
export function mayAct(books: Books, action: SchedulerAction): void {
  if (action.type === "start") {
    mayStart(books, action);
  } else if (action.type === "refuse") {
    mayRefuse(books, action);
  } else if (action.type === "cut") {
    mayCut(books, action.request);
  } else {
    const process = processOf(books, action.model, action.generation);
    expect(isUnheard(books, process), "nothing is asked of an engine out of reach").toBe(false);
    if (action.type === "stop") mayStop(books, process);
    if (action.type === "drain") mayDrain(books, process, action.reason);
    if (action.type === "admit") mayAdmit(books, action.request, process);
  }
}

function mayStart(books: Books, { model, generation, nodes }: SchedulerAction & { type: "start" }): void {
  const facts = books.models.get(model)!;
  expect(books.processes.has(model), `${model} runs once`).toBe(false);
  expect(generation, "generations grow").toBe(books.state.nextGeneration);
  expect(new Set(nodes).size, "as many nodes as it spans").toBe(facts.nodes);
  const phases = [...books.requests.values()].map(({ phase }) => phase);
  const asked = [...books.requests.values()].some((request) => request.model === model && request.phase === "waiting");
  if (!asked && !books.state.engines[model]!.displaced) {
    expect(phases, "what nobody has asked for disturbs nobody").not.toContain("running");
    expect(phases, "and goes behind who waits").not.toContain("waiting");
  }
  for (const node of nodes) {
    expect(books.lost.has(node), "nothing starts out of reach").toBe(false);
    const others = [...books.processes.values()].filter((other) => other.nodes.includes(node));
    const tiny = (memoryGiB: number) => memoryGiB < 2;
    const beside = (other: Process) => other.phase === "starting" && tiny(other.memoryGiB) && tiny(facts.memoryGiB);
    const busy = others.filter((other) => !beside(other) && (other.phase === "starting" || other.phase === "stopping"));
    expect(busy, "tiny models alone start side by side, and none while memory is not back").toEqual([]);
    const held = others.reduce((sum, other) => sum + other.memoryGiB, facts.memoryGiB);
    expect(held, "the memory budget").toBeLessThanOrEqual(books.nodes.get(node)!.budgetGiB + slack);
    const exclusive = others.some((other) => books.models.get(other.model)?.policy.lifecycle === "exclusive");
    if (exclusive || facts.policy.lifecycle === "exclusive") expect(others, "exclusive means alone").toEqual([]);
  }
}

function mayRefuse(books: Books, { request: id, code, message }: SchedulerAction & { type: "refuse" }): void {
  const request = books.requests.get(id);
  expect(request?.phase, "only a waiter is refused").toBe("waiting");
  expect(message.length, "a refusal says why").toBeGreaterThan(10);
  const { model } = request!;
  const facts = books.models.get(model);
  const engine = books.state.engines[model];
  if (code !== "model_unavailable" || facts === undefined || engine?.failure?.quarantined) return;
  if (books.endedAtOnce === model) return;
  if (engine?.nodes.some((node) => books.lost.has(node))) return;
  const clear = [...books.nodes.values()].filter(({ id: node, budgetGiB }) => {
    const there = Object.values(books.state.engines).filter((other) => other.nodes.includes(node));
    const stays = there.some(
      (other) => isPinned(other) || other.stuck || other.nodes.some((each) => books.lost.has(each)),
    );
    return !stays && !books.lost.has(node) && facts.memoryGiB <= budgetGiB;
  });
  expect(clear.length, "nobody is sent away while enough nodes could serve").toBeLessThan(facts.nodes);
}

function mayStop(books: Books, process: Process): void {
  expect(["starting", "draining"], "only what drained, or never served, stops").toContain(process.phase);
  expect(leases(books, process.model), "nobody is cut off by a stop").toEqual([]);
  for (const node of process.nodes) {
    const there = [...books.processes.values()].filter((other) => other.nodes.includes(node));
    const held = there.reduce((sum, other) => sum + other.memoryGiB, 0);
    if (held > books.nodes.get(node)!.budgetGiB + slack) continue;
    const starting = there.filter((other) => other !== process && other.phase === "starting");
    expect(starting, "no memory comes back beside a start that does not need it").toEqual([]);
  }
}

function mayDrain(books: Books, process: Process, reason: string): void {
  expect(process.phase).toBe("ready");
  if (reason !== "idle" && reason !== "switch") return;
  const engine = books.state.engines[process.model]!;
  expect(isPinned(engine), "a pinned model stays").toBe(false);
  if (reason === "idle") {
    expect(leases(books, process.model), "an idle model serves nobody").toEqual([]);
  } else if (process.served === 0 && !books.state.engines[process.model]!.unasked) {
    const stayed = books.at - process.readyAt;
    expect(stayed, "a model serves somebody, or had its time, before it goes").toBeGreaterThanOrEqual(
      engine.facts.loadSeconds - slack,
    );
  }
}

function mayAdmit(books: Books, id: string, process: Process): void {
  expect(books.requests.get(id)?.phase, "a lease is given once").toBe("waiting");
  expect(process.phase, "only a ready engine takes requests in").toBe("ready");
  const { concurrency } = books.models.get(process.model)!;
  expect(leases(books, process.model).length, "the model's concurrency").toBeLessThan(concurrency);
}

function mayCut(books: Books, id: string): void {
  const request = books.requests.get(id)!;
  const process = books.processes.get(request.model)!;
  const phases = [request.phase, process.phase];
  expect(phases, "only a running answer of a draining engine is cut").toEqual(["running", "draining"]);
  const drained = books.at - process.since;
  expect(drained, "the drain timeout").toBeGreaterThanOrEqual(books.params.drainSeconds - slack);
}

function processOf(books: Books, model: string, generation: number): Process {
  const process = books.processes.get(model);
  expect(process?.generation, `${model} has the generation that the action names`).toBe(generation);
  return process!;
}

function leases(books: Books, model: string): string[] {
  const running = [...books.requests.values()].filter((request) => request.phase === "running");
  return running.filter((request) => request.model === model).map((request) => request.id);
}
