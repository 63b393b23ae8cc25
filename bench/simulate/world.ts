/** An exact discrete-event simulation of one machine under one policy: nothing random, nothing rounded. */
import type { SchedulerAction, SchedulerEvent } from "../../src/domain/scheduler/types.ts";
import { type Agenda, createAgenda } from "./agenda.ts";
import { type Batch, createBatch } from "./batch.ts";
import type { Policy, PolicyMaker } from "./policy.ts";
import type { Machine, Session } from "./trace.ts";

/** A client that is refused comes back, and gives up this long after its first try. */
const patienceSeconds = 600;

export interface Outcome {
  /** Seconds from first arrival to first token of every request that was served. */
  waits: number[];
  /** Engines that were stopped to make room for another model. */
  swaps: number;
  gaveUp: number;
}

interface Step {
  id: string;
  session: Session;
  index: number;
  firstArrival: number;
}

type Happening =
  | { type: "send"; step: Step }
  | { type: "event"; event: SchedulerEvent }
  | { type: "end"; model: string; version: number }
  | { type: "wake"; version: number };

/** Plays all sessions to their end. */
export function simulate(machine: Machine, sessions: Session[], makePolicy: PolicyMaker): Outcome {
  return new World(machine, sessions, makePolicy(machine)).play();
}

class World {
  readonly outcome: Outcome = { waits: [], swaps: 0, gaveUp: 0 };
  private readonly machine: Machine;
  private readonly policy: Policy;
  private readonly agenda: Agenda<Happening> = createAgenda();
  private readonly steps = new Map<string, Step>();
  private readonly batches = new Map<string, { batch: Batch; version: number }>();
  private wakeVersion = 0;
  private lastId = 0;
  private left = 0;

  constructor(machine: Machine, sessions: Session[], policy: Policy) {
    this.machine = machine;
    this.policy = policy;
    for (const session of sessions) this.send(session.start, session, 0);
    for (const session of sessions) this.left += session.steps.length;
  }

  play(): Outcome {
    while (this.left > 0) {
      const next = this.agenda.next();
      if (next === null) throw new Error(`${this.left} requests were never served`);
      this.happen(next.what, next.at);
    }
    return this.outcome;
  }

  private send(at: number, session: Session, index: number): void {
    if (index >= session.steps.length) return;
    this.lastId += 1;
    this.agenda.add(at, { type: "send", step: { id: `r${this.lastId}`, session, index, firstArrival: at } });
  }

  private happen(what: Happening, at: number): void {
    if (what.type === "wake") {
      if (what.version === this.wakeVersion) this.tell(null, at);
    } else if (what.type === "event") {
      this.tell(what.event, at);
    } else if (what.type === "send") {
      const { step } = what;
      this.steps.set(step.id, step);
      const model = step.session.steps[step.index]![0];
      const { client } = step.session;
      const priority = client === "batch" ? "batch" : "interactive";
      this.tell({ type: "arrive", request: { id: step.id, model, client, priority, work: "chat" } }, at);
    } else {
      this.end(what.model, what.version, at);
    }
  }

  private end(model: string, version: number, at: number): void {
    const running = this.batches.get(model)!;
    if (running.version !== version) return;
    const ended = running.batch.nextEnd(at)!;
    running.batch.remove(at, ended.id);
    this.plan(model, at);
    this.tell({ type: "leave", request: ended.id }, at);
    this.finish(this.steps.get(ended.id)!, at);
  }

  /** The step is over: the client thinks, then sends the next. */
  private finish(step: Step, at: number): void {
    this.steps.delete(step.id);
    this.left -= 1;
    const think = step.session.steps[step.index]![3];
    this.send(at + think, step.session, step.index + 1);
  }

  private tell(event: SchedulerEvent | null, at: number): void {
    const { actions, wakeAt } = this.policy.step(event, at);
    this.wakeVersion += 1;
    if (wakeAt !== null) this.agenda.add(wakeAt, { type: "wake", version: this.wakeVersion });
    for (const action of actions) this.act(action, at);
  }

  private act(action: SchedulerAction, at: number): void {
    if (action.type === "start") {
      const { model, generation } = action;
      const loadSeconds = this.machine.models[model]!.loadSeconds;
      this.agenda.add(at + loadSeconds, { type: "event", event: { type: "ready", model, generation } });
    } else if (action.type === "stop") {
      const { model, generation, reason } = action;
      if (reason === "switch") this.outcome.swaps += 1;
      this.agenda.add(at + this.machine.unloadSeconds, {
        type: "event",
        event: { type: "stopped", model, generation },
      });
    } else if (action.type === "admit") {
      this.admit(action.request, at);
    } else if (action.type === "refuse") {
      this.refused(this.steps.get(action.request)!, action.retryAfterSeconds, at);
    } else if (action.type === "cut") {
      throw new Error(`A request was cut: ${action.reason}`);
    }
  }

  private admit(id: string, at: number): void {
    const step = this.steps.get(id)!;
    const [model, work, prefill] = step.session.steps[step.index]!;
    this.outcome.waits.push(at - step.firstArrival + prefill);
    if (!this.batches.has(model)) {
      this.batches.set(model, { batch: createBatch(this.machine.batchSlowdown), version: 0 });
    }
    this.batches.get(model)!.batch.add(at, id, prefill + work);
    this.plan(model, at);
  }

  /** Notes the next end of this model's batch; an end that was noted before no longer holds. */
  private plan(model: string, at: number): void {
    const running = this.batches.get(model)!;
    running.version += 1;
    const end = running.batch.nextEnd(at);
    if (end !== null) this.agenda.add(end.at, { type: "end", model, version: running.version });
  }

  private refused(step: Step, retryAfterSeconds: number | undefined, at: number): void {
    if (retryAfterSeconds === undefined) throw new Error("A request was refused for good");
    if (at + retryAfterSeconds - step.firstArrival > patienceSeconds) {
      this.outcome.gaveUp += 1;
      this.finish(step, at);
    } else {
      this.agenda.add(at + retryAfterSeconds, { type: "send", step });
    }
  }
}
