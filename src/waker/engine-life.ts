/**
 * One start of one model, from the scheduler's order to the last of its processes. It carries out what the scheduler
 * decides and reports what happens; it decides nothing itself.
 */
import { type LifeEvent, type LifeState, mayHaveProcess, nextLife } from "../domain/engine.ts";
import type { MemoryUse } from "../domain/memory-use.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { NodeId } from "../domain/nodes.ts";
import { isOutside } from "../domain/outside.ts";
import { Problem, type ProblemCode } from "../domain/problem.ts";
import type { FailureCause } from "../domain/scheduler/types.ts";
import { percentOf, type WeightsProgress } from "../domain/weights.ts";
import { StartFailure, targetOf } from "./await-ready.ts";
import { now } from "./clock.ts";
import type { Driver, Engine } from "./driver.ts";
import { type HealthWatch, watchHealth } from "./health.ts";
import { launch } from "./launch.ts";
import { logTail } from "./log-tail.ts";
import type { MemoryGate } from "./memory-gate.ts";
import { MemorySamples } from "./memory-samples.ts";
import { probeToken } from "./probe.ts";
import { StartEnded } from "./start-watch.ts";

/** What a life reports. Each of the ends (`failed`, `stopped`) comes once and last. */
export interface LifeReports {
  /** The phase for people, or its per cent, has changed. */
  progress(life: EngineLife): void;
  ready(life: EngineLife, loadSeconds: number): void;
  /** It will not answer any more: its requests are to end. Comes before `failed` or `stuck`. */
  broken(life: EngineLife, reason: string): void;
  /** It failed and is gone. */
  failed(life: EngineLife, failure: LifeFailure): void;
  /** It was told to stop and is gone, its memory is back. */
  stopped(life: EngineLife): void;
  /** It is to go and would not; tried again. */
  stuck(life: EngineLife, reason: string): void;
  unhealthy(life: EngineLife, reason: string): void;
  /** Something that the table of lives forbids, or an error that nobody expected. */
  bug(life: EngineLife, error: unknown): void;
  /** It is ready, and was seen to take this. */
  takes(life: EngineLife, use: MemoryUse): void;
}

export interface LifeFailure {
  code: ProblemCode;
  reason: string;
  cause: FailureCause;
}

export interface LifeParts {
  spec: ModelSpec;
  specHash: string;
  generation: number;
  /** Where it is to stand. */
  node: NodeId;
  driver: Driver;
  gate: MemoryGate;
  reports: LifeReports;
  /** Resolves to the path of the weights, or null where the model brings its own. */
  weights: (signal: AbortSignal, onProgress: (progress: WeightsProgress) => void) => Promise<string | null>;
  apiKey: string;
  /** What it takes, as far as this machine has taught. */
  needed: Pick<ModelSpec, "memoryGiB" | "startPeakGiB">;
}

/** How soon a stop that could not be verified is tried again. */
const stuckRetryMilliseconds = 10_000;
/** An engine whose process ends by itself within this will hardly do better at the next try. */
const atOnceSeconds = 10;
/** A download that does not heed its signal must not hold up a stop. */
const abandonMilliseconds = 5000;

export class EngineLife {
  readonly spec: ModelSpec;
  readonly specHash: string;
  readonly generation: number;
  state: LifeState = "absent";
  /** For people: "downloading weights", "loading", "probing", ... */
  phase = "preparing";
  /** Per cent of a download; null otherwise. */
  percent: number | null = null;
  engine: Engine | null = null;
  /** When its process was started; null before. */
  startedAt: number | null = null;
  /** When it was ready for its first request; null before, and of one that was adopted. */
  readyAt: number | null = null;
  readonly samples = new MemorySamples((use) => this.#parts.reports.takes(this, use));
  readonly #parts: LifeParts;
  readonly #abort = new AbortController();
  #launching: Promise<void> = Promise.resolve();
  #health: HealthWatch | null = null;

  constructor(parts: LifeParts) {
    this.spec = parts.spec;
    this.specHash = parts.specHash;
    this.generation = parts.generation;
    this.#parts = parts;
  }

  /** Weights, memory, process, probes. Reports `ready` or `failed`, unless it is told to stop before. */
  start(): void {
    this.#move("ordered");
    this.#launching = this.#launch().catch((error: unknown) => this.#parts.reports.bug(this, error));
  }

  /** Takes over an engine that was found ready. */
  adopt(engine: Engine): void {
    this.engine = engine;
    this.startedAt = now();
    this.#move("adopted");
    this.#watch(engine);
  }

  /** No new leases from now on. */
  drain(): void {
    this.#move("drained");
    this.#show("draining");
  }

  /** Somebody is to be let in: true where that is possible. A drain that was given up ends here. */
  admits(): boolean {
    if (this.state === "draining") {
      this.#move("readmitted");
      this.#show("ready");
    }
    return this.state === "ready";
  }

  /** Stops whatever there is and reports `stopped`, or `stuck` as often as it has to. */
  async halt(): Promise<void> {
    this.#abort.abort();
    this.#health?.stop();
    if (this.state === "preparing" || this.state === "starting") await this.#launchIsOver();
    // Its own failure was faster, and is being reported.
    if (this.state === "stopping" || this.state === "gone") return;
    this.#move("stopped");
    this.#show("stopping");
    if (await this.#end(this.spec.runtime.stopGraceSeconds)) this.#parts.reports.stopped(this);
    else setTimeout(() => void this.halt(), stuckRetryMilliseconds).unref();
  }

  /** Hearth exits: stops the processes within this grace, or at once in a hurry; reports nothing more than it must. */
  async shutDown(graceSeconds: number, hurry: AbortSignal): Promise<void> {
    this.#abort.abort();
    this.#health?.stop();
    await this.#launchIsOver();
    // So that the end of its process is not taken for a failure.
    if (this.state === "ready" || this.state === "draining") this.#move("stopped");
    const { engine } = this;
    if (engine === null) return;
    const hurried = Promise.withResolvers<void>();
    const kill = () => hurried.resolve(engine.stop(0));
    hurry.addEventListener("abort", kill, { once: true });
    await Promise.race([engine.stop(hurry.aborted ? 0 : graceSeconds), hurried.promise]);
    hurry.removeEventListener("abort", kill);
  }

  /** Hearth exits and leaves the engine to its successor. */
  leave(): void {
    this.#abort.abort();
    this.#health?.stop();
  }

  /** Somebody has had a broken answer. */
  doubt(): void {
    this.#health?.checkNow();
  }

  /** Asks for one token; false = no answer in this time, and the engine is reported as unhealthy. */
  async answers(limitSeconds: number): Promise<boolean> {
    const { engine, spec } = this;
    if (engine === null || !mayHaveProcess(this.state)) return false;
    const token = await probeToken(targetOf(spec, engine), spec.capabilities, undefined, limitSeconds);
    if (!token.ok && this.state === "ready") {
      this.#parts.reports.unhealthy(this, `it no longer answers: ${token.why}`);
    }
    return token.ok;
  }

  async #launch(): Promise<void> {
    const { spec, specHash, generation, node, driver, gate, reports, apiKey } = this.#parts;
    const { signal } = this.#abort;
    const over = new AbortController();
    try {
      // First of all, since containers of the engine's own image fetch what it reads of the hub.
      await driver.prepare?.(spec, signal, (phase, percent) => this.#show(phase, percent));
      const weights = await this.#parts.weights(signal, (progress) =>
        this.#show("downloading weights", percentOf(progress)),
      );
      this.#show("waiting for memory");
      const { totalGiB: poolGiB } = await gate.admit({ ...spec, ...this.#parts.needed }, signal);
      this.#move("prepared");
      this.startedAt = now();
      const order = { spec, specHash, generation, node, apiKey, poolGiB, weights };
      const onEngine = (engine: Engine) => {
        this.engine = engine;
      };
      void this.samples.watchStart(() => this.engine, over.signal);
      const kill = () => void this.engine?.stop(0).catch(() => {});
      const strained = gate.watch(spec, over.signal, kill);
      await launch(driver, order, AbortSignal.any([signal, strained]), onEngine, (phase) => this.#show(phase));
    } catch (error) {
      if (!signal.aborted) await this.#failToStart(error);
      else if (this.state === "gone") await this.engine?.stop(spec.runtime.stopGraceSeconds);
      return;
    } finally {
      over.abort();
    }
    this.#move("probed");
    this.#show("ready");
    this.readyAt = now();
    reports.ready(this, this.readyAt - this.startedAt);
    this.#watch(this.engine!);
  }

  async #failToStart(error: unknown): Promise<void> {
    const failure = failureOf(error, this.startedAt);
    const { reports } = this.#parts;
    if (this.state === "preparing") {
      this.#move("refused");
      reports.failed(this, failure);
      return;
    }
    this.#move("stopped");
    this.#show("stopping");
    if (await this.#end(this.spec.runtime.stopGraceSeconds)) reports.failed(this, failure);
  }

  #watch(engine: Engine): void {
    void this.samples.look(engine);
    this.#health = watchHealth(
      targetOf(this.spec, engine),
      () => void this.samples.look(engine),
      (reason) => this.#parts.reports.unhealthy(this, reason),
    );
    void engine.exited.then(
      (exit) => {
        if (this.state === "ready" || this.state === "draining") void this.#die(exit.text);
      },
      (error: unknown) => this.#parts.reports.bug(this, error),
    );
  }

  /** Its process has ended by itself. What is left of its group goes too; the memory is awaited by the next start. */
  async #die(how: string): Promise<void> {
    this.#health?.stop();
    this.#move("died");
    const reason = `${this.spec.id} ${how}. ${await logTail(this.engine!)}`.trim();
    this.#parts.reports.broken(this, reason);
    if (await this.#end(0, false)) {
      this.#parts.reports.failed(this, { code: "engine_failed", reason, cause: "engine" });
    }
  }

  /** Ends the processes and, where asked, waits for the memory; false = not verified, and reported as stuck. */
  async #end(graceSeconds: number, awaitMemory = true): Promise<boolean> {
    const { engine } = this;
    try {
      if (engine !== null) {
        const held = await this.samples.read(engine);
        await engine.stop(graceSeconds);
        const released = this.#parts.gate.released(this.spec, held?.heldGiB ?? 0);
        if (awaitMemory) await released;
      }
      this.#move("verified");
      return true;
    } catch (error) {
      this.#move("unverified");
      this.#show("stuck");
      this.#parts.reports.stuck(this, (error as Error).message);
      return false;
    }
  }

  async #launchIsOver(): Promise<void> {
    const patience = new AbortController();
    const late = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, abandonMilliseconds);
      patience.signal.addEventListener("abort", () => clearTimeout(timer));
    });
    await Promise.race([this.#launching, late]);
    patience.abort();
  }

  #show(phase: string, percent: number | null = null): void {
    if (this.phase === phase && this.percent === percent) return;
    this.phase = phase;
    this.percent = percent;
    this.#parts.reports.progress(this);
  }

  /** An impossible edge is a bug: loud, and refused by throwing before anything is done. */
  #move(event: LifeEvent): void {
    this.state = nextLife(this.state, event);
  }
}

/** `startedAt`: of its process; null where there was none. */
function failureOf(error: unknown, startedAt: number | null): LifeFailure {
  const { code, message: reason } =
    error instanceof Problem ? error.problem : { code: "engine_failed" as const, message: (error as Error).message };
  const ended = error instanceof StartFailure && error.ended;
  const hopeless = error instanceof StartEnded;
  const atOnce = hopeless || (ended && startedAt !== null && now() - startedAt < atOnceSeconds);
  return { code, reason, cause: isOutside(error) ? "outside" : atOnce ? "atOnce" : "engine" };
}
