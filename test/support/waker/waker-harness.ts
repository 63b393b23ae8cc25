/** A waker with real fake engines in a home of its own, and words to talk about what it does. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseConfig } from "../../../src/config/load.ts";
import type { Config } from "../../../src/config/types.ts";
import { noGpu } from "../../../src/domain/gpu.ts";
import type { HostMemory } from "../../../src/domain/memory.ts";
import type { ModelSpec, ProcessRuntime } from "../../../src/domain/model.ts";
import { localNode } from "../../../src/domain/nodes.ts";
import type { ProblemData } from "../../../src/domain/problem.ts";
import { bytesPerGiB } from "../../../src/domain/size.ts";
import type { AcquireRequest, Grant, Ticket, WakerEvent } from "../../../src/link/link.ts";
import { openStore, type Store } from "../../../src/store/store.ts";
import type { Driver, Engine } from "../../../src/waker/driver.ts";
import { processDriver } from "../../../src/waker/drivers/process/driver.ts";
import type { Ports } from "../../../src/waker/drivers/process/ports.ts";
import { type WakerPlan, wakerPlan } from "../../../src/waker/plan.ts";
import { createWaker, type Waker, type WakerOptions } from "../../../src/waker/waker.ts";
import type { WeightsKeeper } from "../../../src/waker/weights-keeper.ts";
import { readStats, type StatsEventName } from "../fake-engine/stats.ts";
import { killNaming, killStrays, type ProcessInfo } from "../processes/processes-naming.ts";
import { takeSlot } from "../processes/slots.ts";

const fakeEngine = new URL("../fake-engine.ts", import.meta.url).pathname;

export const silentLog = { debug() {}, info() {}, warn() {}, error() {} } as unknown as WakerOptions["log"];

/** What a test wants otherwise than the usual. */
export type Wanted = Partial<Config["policy"]> & { budgetGiB?: number; floorGiB?: number };

const hostMemory: HostMemory = { totalGiB: 64, availableGiB: 32 };

/** Whatever is asked for is there. */
export const noWeights: WeightsKeeper = {
  fetch: async () => null,
  forStart: async () => null,
  verify: async () => {},
  list: async () => [],
  remove: async () => {},
};

export class Harness {
  readonly home = mkdtempSync(join(tmpdir(), "hearth-waker-"));
  readonly #closers: (() => Promise<void> | void)[] = [];
  #requests = 0;
  #giveBack: (() => void) | undefined;

  /** A model on the fake engine; `flags` are the engine's own. */
  model(id: string, flags: string[] = [], changes: Partial<ModelSpec> & { process?: Partial<ProcessRuntime> } = {}) {
    const { process: runtime, ...rest } = changes;
    const stats = ["--stats", this.#statsFile(id)];
    const spec: ModelSpec = {
      id,
      aliases: [],
      summary: "a fake",
      runtime: {
        kind: "process",
        command: [process.execPath, fakeEngine, "--port", "{port}", "--model", "{model}", ...stats, ...flags],
        env: {},
        healthPath: "/health",
        startTimeoutSeconds: 20,
        stopGraceSeconds: 3,
        ...runtime,
      },
      memoryGiB: 1,
      context: 8192,
      concurrency: 8,
      policy: { lifecycle: "normal", pinned: false, idleStopSeconds: 0, warm: null },
      capabilities: ["chat"],
      status: "validated",
      loadSeconds: 1,
      ...rest,
    };
    return spec;
  }

  /** A plan of these models. */
  plan(specs: ModelSpec[], { budgetGiB = 1, floorGiB = 0.5, ...policy }: Wanted = {}): WakerPlan {
    const { config } = parseConfig("", null, { cwd: "/", env: {} });
    const memory = { budget: budgetGiB * bytesPerGiB, floor: floorGiB * bytesPerGiB };
    const quick = { ...config.policy, eagerness: "eager" as const, drain: 60, stall: 60, ...policy };
    return wakerPlan(
      { memory, weights: config.weights, policy: quick, limits: { ...config.limits, queue: 100 } },
      specs,
      hostMemory,
    );
  }

  /** A waker on this home; `host` and `ports` stand in for the machine. */
  async waker(
    specs: ModelSpec[],
    wanted: Wanted = {},
    { ports, wrap, memory = hostMemory, ...parts }: Machine = {},
  ): Promise<{ waker: Waker; store: Store }> {
    this.#giveBack ??= await takeSlot();
    const store = await openStore(this.home);
    const real = processDriver({
      home: this.home,
      instance: store.instance,
      engines: store.engines,
      log: silentLog,
      embeddedCommand: () => [],
      ...(ports === undefined ? {} : { ports }),
    });
    const driver: Driver =
      wrap === undefined ? real : { ...real, start: async (order) => wrap(await real.start(order)) };
    const waker = await createWaker({
      plan: this.plan(specs, wanted),
      home: this.home,
      drivers: [driver],
      store,
      log: silentLog,
      weights: noWeights,
      nodes: [{ id: localNode, gpu: noGpu, memory: () => memory, freshMemory: async () => memory }],
      ...parts,
    });
    this.#closers.push(async () => {
      await waker.close();
      await store.close();
    });
    return { waker, store };
  }

  /** Sends a request to the waker; `granted` and `ended` are promises of what it is told. */
  ask(waker: Waker, model: string, changes: Partial<AcquireRequest> = {}): Asked {
    this.#requests += 1;
    const request = {
      id: `r${this.#requests}`,
      model,
      client: "test",
      priority: "interactive",
      work: "chat",
      whenBusy: "hold",
    } as const;
    const granted = Promise.withResolvers<Grant>();
    const refused = Promise.withResolvers<ProblemData>();
    const cut = Promise.withResolvers<ProblemData>();
    granted.promise.catch(() => {});
    const ticket = waker.acquire(
      { ...request, ...changes },
      {
        granted: granted.resolve,
        refused(problem) {
          refused.resolve(problem);
          granted.reject(new Error(`${problem.code}: ${problem.message}`));
        },
        cut: cut.resolve,
      },
    );
    return { ticket, granted: granted.promise, refused: refused.promise, cut: cut.promise };
  }

  /** How often something happened to the engines of a model. */
  count(id: string, event: StatsEventName): number {
    return readStats(this.#statsFile(id)).filter((entry) => entry.event === event).length;
  }

  /** Pids of the engines of a model, in the order of their starts. */
  pids(id: string): number[] {
    return readStats(this.#statsFile(id))
      .filter((entry) => entry.event === "start")
      .map((entry) => entry.pid);
  }

  /** Ends the engines of a model behind the waker's back. */
  kill(id: string): Promise<void> {
    return killNaming(this.#statsFile(id));
  }

  /** Rejects where an engine was left behind; it is gone then. */
  async close(): Promise<void> {
    let left: ProcessInfo[] = [];
    try {
      for (const close of this.#closers.reverse()) await close();
    } finally {
      left = await killStrays(this.home);
      rmSync(this.home, { recursive: true, force: true });
      this.#giveBack?.();
    }
    if (left.length > 0) throw new Error(`left running: ${left.map(({ command }) => command).join("\n")}`);
  }

  #statsFile(id: string): string {
    return join(this.home, `${encodeURIComponent(id)}.jsonl`);
  }
}

/** What stands in for parts of the machine. */
export interface Machine extends Partial<Pick<WakerOptions, "weights" | "nodes">> {
  memory?: HostMemory;
  ports?: Ports;
  /** Gives engines faults that no real process has on demand. */
  wrap?: (engine: Engine) => Engine;
}

export interface Asked {
  ticket: Ticket;
  /** Rejects when it is refused. */
  granted: Promise<Grant>;
  refused: Promise<ProblemData>;
  cut: Promise<ProblemData>;
}

/** The next event of a type (and model) that the waker publishes. */
export function nextEvent(waker: Waker, type: WakerEvent["type"], model?: string): Promise<WakerEvent> {
  return new Promise((resolve) => {
    const end = waker.subscribe((event) => {
      if (event.type !== type || (model !== undefined && event.model !== model)) return;
      end();
      resolve(event);
    });
  });
}

/** True while the process exists and is no zombie. */
export { processEntry } from "../../../src/waker/drivers/process/process-table.ts";
