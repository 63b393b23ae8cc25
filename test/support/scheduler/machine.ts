/**
 * A machine that does what the scheduler says and keeps books of its own, apart from the scheduler's.
 * Each action is held against these books, so a wrong one is found the moment it is decided.
 */
import { expect } from "vitest";
import type { NodeFacts, NodeId } from "../../../src/domain/nodes.ts";
import type { Params } from "../../../src/domain/scheduler/params.ts";
import { decide, initialState, reduce, type SchedulerState, step } from "../../../src/domain/scheduler/scheduler.ts";
import type {
  ModelFacts,
  ModelId,
  RequestFacts,
  RequestId,
  SchedulerAction,
  SchedulerEvent,
  StopReason,
} from "../../../src/domain/scheduler/types.ts";
import { type Books, isUnheard, type Process, type Request, startedProcess } from "./books.ts";
import { deepFreeze } from "./freeze.ts";
import { mayAct } from "./may-act.ts";

/** How a start goes. `seconds` = of the load, or until it fails. */
export interface Fate {
  outcome: "ready" | "engine" | "outside";
  seconds: number;
}

interface Appointment {
  at: number;
  order: number;
  keep: () => void;
}

export const unloadSeconds = 5;

export class Machine implements Books {
  state: SchedulerState = initialState();
  at = 0;
  readonly params: Params;
  readonly nodes: Map<NodeId, NodeFacts>;
  readonly lost = new Set<NodeId>();
  endedAtOnce: ModelId | null = null;
  readonly models = new Map<ModelId, ModelFacts>();
  readonly processes = new Map<ModelId, Process>();
  readonly requests = new Map<RequestId, Request>();
  readonly journal: { at: number; event: SchedulerEvent }[] = [];
  /** Stops that are to be reported as stuck before they succeed. */
  readonly stubborn = new Set<ModelId>();
  starts = 0;
  readonly #fate: (model: ModelFacts) => Fate;
  #agenda: Appointment[] = [];
  #order = 0;
  #unheard: { process: Process; tell: () => void }[] = [];
  #wakeAt: number | null = null;

  constructor(params: Params, nodes: NodeFacts[], fate: (model: ModelFacts) => Fate) {
    this.params = params;
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
    this.#fate = fate;
  }

  configure(models: ModelFacts[]): void {
    this.models.clear();
    for (const model of models) this.models.set(model.id, model);
    this.tell({ type: "models", models, nodes: [...this.nodes.values()] });
  }

  /** The budget of a node is changed by a reload. */
  budget(node: NodeId, budgetGiB: number): void {
    this.nodes.set(node, { ...this.nodes.get(node)!, budgetGiB, hostBudgetGiB: budgetGiB });
    this.configure([...this.models.values()]);
  }

  ask(request: RequestFacts, takes: number): void {
    this.requests.set(request.id, { ...request, arrivedAt: this.at, takes, phase: "waiting", admittedAt: null });
    this.tell({ type: "arrive", request });
  }

  /** The client goes away, whatever its request is doing. */
  giveUp(id: RequestId): void {
    const request = this.requests.get(id);
    if (request?.phase !== "waiting" && request?.phase !== "running") return;
    request.phase = "cancelled";
    this.tell({ type: "leave", request: id });
  }

  adopt(model: ModelFacts, nodes: NodeId[]): void {
    const generation = this.state.nextGeneration + 3;
    this.processes.set(model.id, {
      ...startedProcess(model, generation, nodes, this.at),
      phase: "ready",
      served: 1,
    });
    this.tell({ type: "adopt", model: model.id, generation, nodes, readyAt: this.at - 50 });
  }

  /** The process dies; requests that it served break off. */
  crash(model: ModelId): void {
    const process = this.processes.get(model);
    if (process === undefined) return;
    this.processes.delete(model);
    for (const request of this.requests.values()) {
      if (request.model !== model || request.phase !== "running") continue;
      request.phase = "broken";
      if (isUnheard(this, process)) this.tell({ type: "leave", request: request.id });
    }
    const { generation } = process;
    this.#hear(process, () =>
      this.tell({ type: "failed", model, generation, code: "engine_failed", reason: "It died.", cause: "engine" }),
    );
  }

  /** The node is out of reach: engines there go on, but nobody hears of it. */
  lose(node: NodeId): void {
    if (this.lost.has(node)) return;
    this.lost.add(node);
    this.tell({ type: "node", node, state: "lost" });
  }

  /** First what happened meanwhile is told, then that it is back. */
  find(node: NodeId): void {
    if (!this.lost.delete(node)) return;
    const unheard = this.#unheard;
    this.#unheard = [];
    for (const { process, tell } of unheard) this.#hear(process, tell);
    this.tell({ type: "node", node, state: "back" });
  }

  /** Takes in an event, or with null only the time, and does what is decided. */
  tell(event: SchedulerEvent | null): void {
    const before = deepFreeze(this.state);
    const { state, actions, wakeAt } = step(before, event, this.at, this.params);
    if (event !== null) {
      this.#note(event);
      this.#looksOnlyAtTheState();
    }
    for (const action of actions) {
      mayAct(this, action);
      this.#act(action);
      this.#note({ type: "acted", action });
    }
    this.state = deepFreeze(state);
    expect(decide(state, this.params, this.at).actions, "a fixpoint").toEqual([]);
    if (wakeAt !== null) expect(wakeAt, "a wake-up").toBeGreaterThan(this.at);
    this.#wakeAt = wakeAt;
  }

  /** Lets time pass up to `end`: processes start and stop, answers end, wake-ups come. */
  runUntil(end: number): void {
    for (;;) {
      const next = this.#agenda[0];
      const wakeAt = this.#wakeAt ?? Number.POSITIVE_INFINITY;
      const at = Math.min(next?.at ?? Number.POSITIVE_INFINITY, wakeAt);
      if (at > end || at === Number.POSITIVE_INFINITY) break;
      this.at = at;
      if (next !== undefined && next.at <= wakeAt) {
        this.#agenda.shift();
        next.keep();
      } else {
        this.tell(null);
      }
    }
    if (end !== Number.POSITIVE_INFINITY) this.at = Math.max(this.at, end);
  }

  /** Folds the event into the state; a switch that is given up by it makes the draining engine serve again. */
  #note(event: SchedulerEvent): void {
    this.journal.push({ at: this.at, event });
    this.state = deepFreeze(reduce(this.state, event, this.at, this.params));
    for (const process of this.processes.values()) {
      if (process.phase !== "draining" || this.state.engines[process.model]?.phase !== "ready") continue;
      expect(process.drainedFor, "only a switch is given up").toBe("switch");
      process.phase = "ready";
    }
  }

  /** Nothing but the state counts: a copy gives the same decision. */
  #looksOnlyAtTheState(): void {
    const copy = JSON.parse(JSON.stringify(this.state)) as SchedulerState;
    expect(decide(copy, this.params, this.at)).toEqual(decide(this.state, this.params, this.at));
  }

  #act(action: SchedulerAction): void {
    if (action.type === "start") this.#start(action);
    if (action.type === "stop") this.#stop(action.model, action.generation);
    if (action.type === "drain") this.#drain(action.model, action.reason);
    if (action.type === "admit") this.#admit(this.requests.get(action.request)!, action.generation);
    if (action.type === "refuse") this.requests.get(action.request)!.phase = "refused";
    if (action.type === "cut") this.requests.get(action.request)!.phase = "cut";
  }

  #drain(model: ModelId, drainedFor: StopReason): void {
    Object.assign(this.processes.get(model)!, { phase: "draining", since: this.at, drainedFor });
  }

  #start({ model, generation, nodes }: SchedulerAction & { type: "start" }): void {
    const facts = this.models.get(model)!;
    this.starts += 1;
    const process = startedProcess(facts, generation, nodes, this.at);
    this.processes.set(model, process);
    const { outcome, seconds } = this.#fate(facts);
    this.#later(seconds, () => {
      if (this.#current(model, generation)?.phase !== "starting") return;
      if (outcome === "ready") {
        this.#hear(process, () => {
          Object.assign(process, { phase: "ready", readyAt: this.at });
          this.tell({ type: "ready", model, generation });
        });
      } else {
        this.processes.delete(model);
        const news = { type: "failed", code: "engine_failed", reason: "It did not start." } as const;
        this.#hear(process, () => {
          const cause = outcome === "engine" && seconds === 0 ? "atOnce" : outcome;
          this.endedAtOnce = cause === "atOnce" ? model : null;
          this.tell({ ...news, model, generation, cause });
          this.endedAtOnce = null;
        });
      }
    });
  }

  #stop(model: ModelId, generation: number): void {
    const process = this.processes.get(model)!;
    process.phase = "stopping";
    const stuck = this.stubborn.delete(model);
    if (stuck) {
      this.#later(unloadSeconds, () => {
        if (this.#current(model, generation) === null) return;
        process.stuck = true;
        this.#hear(process, () => this.tell({ type: "stuck", model, generation, reason: "It does not die." }));
      });
    }
    this.#later(stuck ? 20 * unloadSeconds : unloadSeconds, () => {
      if (this.#current(model, generation) === null) return;
      this.processes.delete(model);
      this.#hear(process, () => this.tell({ type: "stopped", model, generation }));
    });
  }

  #admit(request: Request, generation: number): void {
    request.phase = "running";
    request.admittedAt = this.at;
    this.processes.get(request.model)!.served += 1;
    this.#later(request.takes, () => {
      if (request.phase !== "running" || this.#current(request.model, generation) === null) return;
      request.phase = "served";
      this.tell({ type: "leave", request: request.id });
    });
  }

  /** Tells news of a process, later where it is out of reach. */
  #hear(process: Process, tell: () => void): void {
    if (isUnheard(this, process)) this.#unheard.push({ process, tell });
    else tell();
  }

  #current(model: ModelId, generation: number): Process | null {
    const process = this.processes.get(model);
    return process?.generation === generation ? process : null;
  }

  #later(seconds: number, keep: () => void): void {
    const appointment = { at: this.at + seconds, order: this.#order, keep };
    this.#order += 1;
    this.#agenda.push(appointment);
    this.#agenda.sort((a, b) => a.at - b.at || a.order - b.order);
  }
}
