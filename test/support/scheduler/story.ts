/** One scheduler that is told what happens, and what it answers. */

import type { ModelPolicy } from "../../../src/domain/model-policy.ts";
import type { NodeFacts } from "../../../src/domain/nodes.ts";
import { type Params, paramsFor } from "../../../src/domain/scheduler/params.ts";
import { initialState, type SchedulerState, step } from "../../../src/domain/scheduler/scheduler.ts";
import type {
  FailureCause,
  ModelFacts,
  ModelId,
  RequestFacts,
  SchedulerAction,
  SchedulerEvent,
} from "../../../src/domain/scheduler/types.ts";
import { nodesOf } from "./nodes.ts";
import { words } from "./words.ts";

/** A model that loads in 100 s; two of them do not fit into the 110 GiB of a story's node. */
export function model(id: ModelId, changes: Partial<ModelFacts & ModelPolicy> = {}): ModelFacts {
  const { lifecycle = "normal", pinned = false, idleStopSeconds = 1200, warm = null, ...facts } = changes;
  return {
    id,
    memoryGiB: 70,
    pool: "gpu",
    nodes: 1,
    loadSeconds: 100,
    service: {},
    concurrency: 2,
    policy: { lifecycle, pinned, idleStopSeconds, warm },
    ...facts,
  };
}

export class Story {
  state: SchedulerState = initialState();
  /** Seconds since the story began. */
  at = 0;
  why = "";
  wakeAt: number | null = null;
  /** The last answer, whole. */
  actions: SchedulerAction[] = [];
  readonly params: Params;
  readonly #nodes: NodeFacts[];

  constructor(models: ModelFacts[], { nodes = [110], ...overrides }: Partial<Params> & { nodes?: number[] } = {}) {
    this.params = paramsFor("balanced", overrides);
    this.#nodes = nodesOf(nodes);
    this.configured(models);
  }

  /** Takes in one event, or with null only the time. */
  tell(event: SchedulerEvent | null): string[] {
    const { state, actions, wakeAt, why } = step(this.state, event, this.at, this.params);
    Object.assign(this, { state, actions, wakeAt, why });
    return actions.map(words);
  }

  configured(models: ModelFacts[]): string[] {
    return this.tell({ type: "models", models, nodes: this.#nodes });
  }

  asks(id: string, model: ModelId, changes: Partial<RequestFacts> = {}): string[] {
    return this.tell({
      type: "arrive",
      request: { id, model, client: `client of ${id}`, priority: "interactive", work: "chat", ...changes },
    });
  }

  leaves(id: string): string[] {
    return this.tell({ type: "leave", request: id });
  }

  ready(model: ModelId): string[] {
    return this.tell({ type: "ready", model, generation: this.generation(model) });
  }

  stopped(model: ModelId): string[] {
    return this.tell({ type: "stopped", model, generation: this.generation(model) });
  }

  node(node: string, state: "lost" | "back"): string[] {
    return this.tell({ type: "node", node, state });
  }

  fails(model: ModelId, cause: FailureCause = "engine"): string[] {
    const code = cause === "outside" ? "insufficient_memory" : "engine_failed";
    return this.tell({ type: "failed", model, generation: this.generation(model), code, reason: "It broke.", cause });
  }

  stop(model: ModelId): string[] {
    return this.tell({ type: "stop", model, reason: "operator" });
  }

  /** The model is loaded and has answered one request in no time. */
  loads(model: ModelId, changes: Partial<RequestFacts> = {}): this {
    this.asks(`first of ${model}`, model, changes);
    this.at += this.state.engines[model]!.facts.loadSeconds;
    this.ready(model);
    this.leaves(`first of ${model}`);
    return this;
  }

  /** Lets time pass; wake-ups come at their time. Answers what was decided meanwhile, each with its second. */
  passes(seconds: number): string[] {
    const end = this.at + seconds;
    const told: string[] = [];
    while (this.wakeAt !== null && this.wakeAt <= end) {
      this.at = this.wakeAt;
      told.push(...this.tell(null).map((word) => `${this.at}: ${word}`));
    }
    this.at = end;
    return told;
  }

  phase(model: ModelId): string | undefined {
    return this.state.engines[model]?.phase;
  }

  generation(model: ModelId): number {
    return this.state.engines[model]!.generation;
  }
}
