/**
 * The waker: owns every engine's life. A shell around the pure scheduler (loop.ts), the engines (fleet.ts) and the
 * requests that wait for them (requests.ts). It is the gateway's Link in one process.
 */
import type { ModelSpec } from "../domain/model.ts";
import type { SchedulerEvent } from "../domain/scheduler/types.ts";
import { shuttingDown } from "../domain/shutting-down.ts";
import type {
  AcquireListener,
  AcquireRequest,
  Command,
  Link,
  LinkHost,
  Snapshot,
  Ticket,
  WeightsCommand,
} from "../link/link.ts";
import type { Store } from "../store/store.ts";
import { acquire, type Desk, resume } from "./acquire.ts";
import { actions } from "./actions.ts";
import { adoptable } from "./adoption.ts";
import { now } from "./clock.ts";
import { obey } from "./commands.ts";
import type { Driver } from "./driver.ts";
import { engineLogs } from "./engine-logs.ts";
import { engineReports } from "./engine-reports.ts";
import { Fleet } from "./fleet.ts";
import { Loop } from "./loop.ts";
import { modelFacts } from "./model-facts.ts";
import { type NodeSource, Nodes } from "./nodes.ts";
import type { WakerPlan } from "./plan.ts";
import { Publisher, type WakerLog } from "./publisher.ts";
import { Requests } from "./requests.ts";
import { Schedules } from "./schedules/schedules.ts";
import { takeSnapshot } from "./snapshot.ts";
import { specHash } from "./spec-hash.ts";
import { WeightsDesk } from "./weights-desk.ts";
import type { WeightsKeeper } from "./weights-keeper.ts";
import { WeightsQueue } from "./weights-queue.ts";
import { weightsReports } from "./weights-reports.ts";

export interface WakerOptions {
  plan: WakerPlan;
  /** HEARTH_HOME. */
  home: string;
  drivers: Driver[];
  store: Store;
  log: WakerLog;
  weights: WeightsKeeper;
  /** Where engines can stand. */
  nodes: NodeSource[];
}

export interface CloseOptions {
  /** Engines that are left running for the next run to adopt: those with answers in progress, all, or (default) none. */
  keep?: "used" | "all" | "none";
  /** Aborted when there is no time left for an engine's grace. */
  hurry?: AbortSignal;
}

export interface Waker extends LinkHost {
  /** Changed models drain and restart, removed ones drain, all others go on. Cannot fail. */
  apply(plan: WakerPlan): void;
  /**
   * Ends all waiting and running requests with an error, and stops the engines (or leaves them to the next run). The
   * store is left open.
   */
  close(options?: CloseOptions): Promise<void>;
}

/** An orderly exit gives an engine no more than this, whatever its own grace. */
const exitGraceSeconds = 8;
const never = new AbortController().signal;

/** Adopts or stops what an earlier run left, and begins. */
export async function createWaker(options: WakerOptions): Promise<Waker> {
  const waker = new LocalWaker(options);
  await waker.adopt();
  return waker;
}

class LocalWaker implements Waker {
  readonly #options: WakerOptions;
  readonly #loop: Loop;
  readonly #fleet: Fleet;
  readonly #requests: Requests;
  readonly #publisher: Publisher;
  readonly #nodes: Nodes;
  readonly #desk: Desk;
  readonly #queue: WeightsQueue;
  #weights: WakerPlan["weights"] = { budget: null, limit: null };
  #specs = new Map<string, ModelSpec>();
  #stallSeconds = 0;
  readonly #schedules: Schedules;
  #closing: Promise<void> | null = null;

  constructor(options: WakerOptions) {
    const { plan, drivers, store, log } = options;
    this.#options = options;
    this.#nodes = new Nodes(options.nodes, plan.nodes);
    const onError = (error: unknown) => log.error({ err: error }, "a listener of the waker threw");
    this.#requests = new Requests(onError);
    this.#publisher = new Publisher(onError);
    const dispatch = (event: SchedulerEvent, after?: () => void) => this.#loop.dispatch(event, after);
    const specOf = (model: string) => this.#specs.get(model);
    this.#fleet = new Fleet({
      drivers,
      nodes: this.#nodes,
      memoryUses: store.memoryUses,
      specOf,
      weights: (spec, signal, onProgress) =>
        options.weights.forStart(spec, { signal, onProgress, limit: this.#weights.limit }),
      reports: engineReports({
        dispatch,
        store,
        log,
        requests: this.#requests,
        publisher: this.#publisher,
        forget: (life) => this.#fleet.forget(life),
        leases: ({ spec, generation }) =>
          this.#loop.state.running
            .filter((request) => request.model === spec.id && request.generation === generation)
            .map((request) => request.id),
      }),
    });
    const parts = { fleet: this.#fleet, requests: this.#requests, publisher: this.#publisher, log, dispatch, specOf };
    this.#loop = new Loop({
      params: plan.params,
      journal: store.journal,
      act: actions(parts),
      onWhy: (why) => {
        log.debug(why);
        this.#publisher.publish({ type: "why", message: why });
      },
      onError: (error, event) => log.error({ err: error, event: event?.type }, "bug in the scheduler's loop"),
    });
    this.#schedules = new Schedules(dispatch);
    this.#queue = new WeightsQueue({
      keeper: options.weights,
      specOf,
      limit: () => this.#weights.limit,
      ...weightsReports(this.#publisher, log),
    });
    this.#desk = {
      loop: this.#loop,
      requests: this.#requests,
      fleet: this.#fleet,
      specOf: (model) => this.#specs.get(model),
      snapshot: () => this.snapshot(),
      closing: () => this.#closing !== null,
      stallSeconds: () => this.#stallSeconds,
      weights: new WeightsDesk({
        keeper: options.weights,
        queue: this.#queue,
        specs: () => [...this.#specs.values()],
        needed: (model) => neededNow(this.snapshot(), model),
        budget: () => this.#weights.budget,
        arrived: (model) => obey(this.#desk, { type: "clear", model }),
      }),
      learned: (model) => store.serviceTimes.record(model, this.#loop.state.engines[model]?.usualService ?? {}),
    };
    this.#configure(plan);
  }

  /** Before anything else happens: the engines of an earlier run. */
  async adopt(): Promise<void> {
    const { drivers, store, log } = this.#options;
    const records = new Map(store.engines.list().map((record) => [record.pid, record]));
    for (const { spec, engine, driver } of await adoptable(drivers, (model) => this.#specs.get(model), log)) {
      const life = this.#fleet.adopt(spec, engine, driver);
      const readyAt = (engine.pid === null ? undefined : records.get(engine.pid))?.readyAt ?? now();
      this.#loop.dispatch({
        type: "adopt",
        model: spec.id,
        generation: life.generation,
        nodes: [engine.node],
        readyAt,
      });
      const message = `${spec.id} was found running and is adopted`;
      log.info({ model: spec.id, pid: engine.pid }, message);
      this.#publisher.publish({ type: "adopt", model: spec.id, message });
    }
    this.#schedules.follow([...this.#specs.values()]);
    this.#loop.settle();
  }

  acquire(request: AcquireRequest, listener: AcquireListener): Ticket {
    return acquire(this.#desk, request, listener);
  }

  resume(...[request, grant, listener]: Parameters<LinkHost["resume"]>): Ticket {
    return resume(this.#desk, request, grant, listener);
  }

  snapshot(): Snapshot {
    return takeSnapshot([...this.#specs.values()], this.#loop, this.#fleet, this.#nodes, this.#queue);
  }

  subscribe(listener: Parameters<Link["subscribe"]>[0]): () => void {
    return this.#publisher.subscribe(listener);
  }

  command(command: Command | WeightsCommand): Promise<void> {
    return obey(this.#desk, command);
  }

  async weights(): ReturnType<Link["weights"]> {
    return this.#desk.weights.stored();
  }

  logs(model: string, options: Parameters<Link["logs"]>[1]): AsyncIterable<string> {
    return engineLogs(() => this.#fleet.newestEngine(model), options);
  }

  apply(plan: WakerPlan): void {
    this.#nodes.apply(plan.nodes);
    this.#loop.setParams(plan.params);
    this.#configure(plan);
    this.#schedules.follow(plan.specs);
  }

  close({ keep = "none", hurry = never }: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(keep, hurry);
    return this.#closing;
  }

  #configure({ specs, nodes, weights, stallSeconds }: WakerPlan): void {
    this.#stallSeconds = stallSeconds;
    this.#weights = weights;
    this.#specs = new Map(specs.map((spec) => [spec.id, spec]));
    const models = specs.map((spec) => modelFacts(spec, this.#options.store));
    this.#loop.dispatch({ type: "models", models, nodes: nodes.map(({ facts }) => facts) });
    for (const life of this.#fleet.lives()) {
      const spec = this.#specs.get(life.spec.id);
      const changed = spec !== undefined && (spec.status === "disabled" || specHash(spec) !== life.specHash);
      if (changed) this.#loop.dispatch({ type: "stop", model: life.spec.id, reason: "changed" });
    }
    this.#loop.settle();
  }

  async #close(keep: NonNullable<CloseOptions["keep"]>, hurry: AbortSignal): Promise<void> {
    const { log } = this.#options;
    this.#schedules.close();
    this.#queue.close();
    this.#loop.stop();
    const used = new Set(Object.values(this.#loop.state.running).map(({ model }) => model));
    for (const request of this.#requests.all()) this.#requests.end(request.facts.id, shuttingDown);
    const ends = this.#fleet.lives().map(async (life) => {
      const { id, runtime } = life.spec;
      if (keep === "all" || (keep === "used" && used.has(id))) return life.leave();
      try {
        await life.shutDown(Math.min(exitGraceSeconds, runtime.stopGraceSeconds), hurry);
      } catch (error) {
        log.error({ model: id, err: error }, "an engine could not be stopped at exit");
      }
    });
    await Promise.all(ends);
  }
}

/** Why a model's weights must stay, or null. */
function neededNow({ models }: Snapshot, id: string): string | null {
  const model = models.find((one) => one.id === id);
  if (model === undefined) return null;
  if (!["absent", "failed"].includes(model.state)) return `is ${model.phase}: \`hearth stop ${id}\` first`;
  return model.pinned ? "is pinned: unpin it first" : null;
}
