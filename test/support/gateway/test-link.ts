/** A waker for tests of the gateway: engines are addresses, and the test decides what happens to a request. */
import { noGpu } from "../../../src/domain/gpu.ts";
import { localNode } from "../../../src/domain/nodes.ts";
import type { ProblemData } from "../../../src/domain/problem.ts";
import { noParameters } from "../../../src/domain/request-parameters.ts";
import type {
  AcquireListener,
  AcquireRequest,
  Command,
  Grant,
  Link,
  ModelView,
  Progress,
  Snapshot,
  Ticket,
  WakerEvent,
  WeightsCommand,
} from "../../../src/link/link.ts";

/** One `acquire`, with what the gateway did to it since. */
export interface Asked {
  request: AcquireRequest;
  listener: AcquireListener;
  released: Parameters<Ticket["release"]>[0] | null;
  granted: boolean;
  probes: number;
}

export class TestLink implements Link {
  models: ModelView[];
  /** Where a model's engine listens; a model without one is waited for. */
  readonly engines = new Map<string, Grant>();
  readonly asked: Asked[] = [];
  readonly commands: (Command | WeightsCommand)[] = [];
  /** What a command of the test's choice does. */
  onCommand: (command: Command | WeightsCommand) => Promise<void> = async () => {};
  progress: Progress = { place: 1, phase: "loading", percent: 40, secondsLeft: 12 };
  /** What a probe of a silent engine finds. */
  answers = true;
  heartbeatAge = 0;
  readonly #listeners = new Set<(event: WakerEvent) => void>();
  #generation = 0;

  constructor(...models: (Partial<ModelView> & { id: string })[]) {
    this.models = models.map((model) => ({ ...defaults, ...model }));
  }

  /** An engine for the model, at this address; whoever waits for it gets it. */
  engine(model: string, origin: string, fields: Partial<Grant> = {}): Grant {
    this.#generation += 1;
    const grant = { model, generation: this.#generation, origin, apiKey: "engine-key", servedName: model, ...fields };
    this.engines.set(model, grant);
    for (const asked of [...this.asked]) if (asked.request.model === model) grantTo(asked, grant);
    return grant;
  }

  acquire(request: AcquireRequest, listener: AcquireListener): Ticket {
    const asked: Asked = { request, listener, released: null, granted: false, probes: 0 };
    this.asked.push(asked);
    const grant = this.engines.get(request.model);
    if (grant !== undefined) setImmediate(grantTo, asked, grant);
    return {
      progress: () => this.progress,
      answers: async () => {
        asked.probes += 1;
        return this.answers;
      },
      release(outcome) {
        asked.released ??= outcome;
      },
    };
  }

  refuse(problem: ProblemData): void {
    for (const { listener, released } of [...this.asked]) if (released === null) listener.refused(problem);
  }

  cut(problem: ProblemData): void {
    for (const { listener, released } of [...this.asked]) if (released === null) listener.cut(problem);
  }

  publish(event: Omit<WakerEvent, "at">): void {
    for (const listener of this.#listeners) listener({ at: Date.now() / 1000, ...event });
  }

  snapshot(): Snapshot {
    const at = Date.now() / 1000;
    const memory = { totalGiB: 16, availableGiB: 12, budgetGiB: 10, committedGiB: 1, floorGiB: 2 };
    const queueDepth = this.asked.filter(({ released }) => released === null).length;
    return {
      at,
      heartbeatAt: at - this.heartbeatAge,
      why: "a test",
      models: this.models,
      memory,
      nodes: [{ id: localNode, state: "up", memory, gpu: noGpu }],
      queueDepth,
      weightsJobs: [],
    };
  }

  async weights(): ReturnType<Link["weights"]> {
    return [];
  }

  subscribe(listener: (event: WakerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  command(command: Command | WeightsCommand): Promise<void> {
    this.commands.push(command);
    return this.onCommand(command);
  }

  async *logs(): AsyncIterable<string> {}
}

/** Once, unless it has gone. */
function grantTo(asked: Asked, grant: Grant): void {
  if (asked.granted || asked.released !== null) return;
  asked.granted = true;
  asked.listener.granted(grant);
}

const defaults: Omit<ModelView, "id"> = {
  aliases: [],
  summary: "A model.",
  context: 8192,
  concurrency: 8,
  capabilities: ["chat"],
  lifecycle: "normal",
  status: "validated",
  fixups: [],
  parameters: noParameters,
  statusReason: null,
  memoryUse: null,
  memoryGiB: 1,
  license: null,
  make: null,
  nodes: [],
  state: "absent",
  phase: "absent",
  percent: null,
  since: 0,
  readyAt: null,
  running: 0,
  waiting: 0,
  pinned: false,
  lastUsedAt: null,
  stopsAt: null,
  secondsToReady: 5,
  failure: null,
  process: null,
};
