/** The engines that live now, one life per model at most, and what the scheduler's orders mean for them. */
import { randomBytes } from "node:crypto";
import { type MemoryUse, neededMemory } from "../domain/memory-use.ts";
import type { ModelSpec } from "../domain/model.ts";
import { localNode, type NodeId } from "../domain/nodes.ts";
import { OutsideProblem } from "../domain/outside.ts";
import type { WeightsProgress } from "../domain/weights.ts";
import type { MemoryUses } from "../store/memory-uses.ts";
import type { Driver, Engine } from "./driver.ts";
import { EngineLife, type LifeParts, type LifeReports } from "./engine-life.ts";
import type { Nodes } from "./nodes.ts";
import { specHash } from "./spec-hash.ts";

export interface FleetParts {
  drivers: Driver[];
  nodes: Nodes;
  reports: LifeReports;
  /** Brings what a model reads; resolves to its file's path, null where it has none. */
  weights: (
    spec: ModelSpec,
    signal: AbortSignal,
    onProgress: (progress: WeightsProgress) => void,
  ) => Promise<string | null>;
  /** The present specification of a model. */
  specOf: (model: string) => ModelSpec | undefined;
  /** What was seen of models on this machine. */
  memoryUses: Pick<MemoryUses, "found" | "of">;
}

export class Fleet {
  readonly #parts: FleetParts;
  readonly #lives = new Map<string, EngineLife>();
  /** The newest engine of each model, for its log, also when it is gone. */
  readonly #newest = new Map<string, EngineLife>();

  constructor(parts: FleetParts) {
    this.#parts = parts;
  }

  /** The life of a model's engine; undefined when there is none. */
  life(model: string, generation?: number): EngineLife | undefined {
    const life = this.#lives.get(model);
    return generation === undefined || life?.generation === generation ? life : undefined;
  }

  /** What was seen of the model on this machine, by now. */
  memoryUse(spec: ModelSpec): MemoryUse | null {
    return this.#parts.memoryUses.of(spec.id, specHash(spec));
  }

  lives(): EngineLife[] {
    return [...this.#lives.values()];
  }

  newestEngine(model: string): Engine | null {
    return this.#newest.get(model)?.engine ?? null;
  }

  /** `nodes`: where the engine is to stand. */
  start(model: string, generation: number, nodes: NodeId[]): void {
    const spec = this.#parts.specOf(model);
    if (spec === undefined) throw new Error(`The scheduler starts ${model}, which is not configured.`);
    const driver = this.#parts.drivers.find((candidate) => candidate.runs(spec)) ?? noDriver;
    const [node = localNode] = nodes;
    this.#begin({ spec, specHash: specHash(spec), generation, node, driver, apiKey: newKey() }).start();
  }

  adopt(spec: ModelSpec, engine: Engine, driver: Driver): EngineLife {
    const { specHash: hash, generation, node, apiKey } = engine;
    const life = this.#begin({ spec, specHash: hash, generation, node, driver, apiKey });
    life.adopt(engine);
    return life;
  }

  drain(model: string, generation: number): void {
    this.life(model, generation)?.drain();
  }

  stop(model: string, generation: number): void {
    void this.life(model, generation)?.halt();
  }

  /** Its life is over; its log can still be read. */
  forget(life: EngineLife): void {
    if (this.#lives.get(life.spec.id) === life) this.#lives.delete(life.spec.id);
  }

  #begin(start: Omit<LifeParts, "gate" | "reports" | "weights" | "needed">): EngineLife {
    const { nodes, reports, weights, memoryUses } = this.#parts;
    const { spec } = start;
    const needed = neededMemory(spec, memoryUses.found(spec.id, start.specHash));
    const life = new EngineLife({
      ...start,
      gate: nodes.gate(start.node),
      reports,
      weights: weights.bind(null, spec),
      needed,
    });
    this.#lives.set(start.spec.id, life);
    this.#newest.set(start.spec.id, life);
    return life;
  }
}

function newKey(): string {
  return randomBytes(24).toString("hex");
}

/** For a model whose runtime nobody here can run: its start fails with the reason. */
const noDriver: Driver = {
  name: "process",
  gpu: false,
  runs: () => true,
  start: async ({ spec }) => {
    const message = `No driver on this machine runs "${spec.runtime.kind}" engines. Change its runtime, or the driver setting.`;
    throw new OutsideProblem("model_unavailable", message);
  },
  found: async () => [],
};
