/** A Link whose models, events and answers a test moves by hand. */
import { noGpu } from "../../../src/domain/gpu.ts";
import { localNode } from "../../../src/domain/nodes.ts";
import { noParameters } from "../../../src/domain/request-parameters.ts";
import type { StoredWeights } from "../../../src/domain/weights.ts";
import type { Command, Link, ModelView, Snapshot, WakerEvent, WeightsCommand } from "../../../src/link/link.ts";

export function modelView(id: string, changes: Partial<ModelView> = {}): ModelView {
  return {
    id,
    aliases: [],
    summary: `the model ${id}`,
    context: 8192,
    concurrency: 4,
    capabilities: ["chat"],
    lifecycle: "normal",
    status: "validated",
    fixups: [],
    parameters: noParameters,
    statusReason: null,
    memoryUse: null,
    memoryGiB: 10,
    license: null,
    make: null,
    state: "absent",
    phase: "absent",
    percent: null,
    since: 1000,
    readyAt: null,
    running: 0,
    waiting: 0,
    pinned: false,
    nodes: [],
    lastUsedAt: null,
    stopsAt: null,
    secondsToReady: 30,
    failure: null,
    process: null,
    ...changes,
  };
}

const memory = { totalGiB: 128, availableGiB: 100, budgetGiB: 120, committedGiB: 0, floorGiB: 8 };

export class FakeLink implements Link {
  state: Snapshot = {
    at: 1000,
    heartbeatAt: 1000,
    why: "Nothing is asked for.",
    models: [modelView("small", { aliases: ["tiny"] }), modelView("org/big")],
    memory,
    nodes: [{ id: localNode, state: "up", memory, gpu: noGpu }],
    queueDepth: 0,
    weightsJobs: [],
  };
  readonly commands: (Command | WeightsCommand)[] = [];
  /** What a command comes to. */
  answer: (command: Command | WeightsCommand) => Promise<void> = async () => {};
  /** What an engine says. */
  lines: Link["logs"] = async function* () {};
  readonly #listeners = new Set<(event: WakerEvent) => void>();

  get listeners(): number {
    return this.#listeners.size;
  }

  publish(event: Partial<WakerEvent> & Pick<WakerEvent, "type">): void {
    for (const listener of this.#listeners) listener({ at: 1001, message: "", ...event });
  }

  acquire(): never {
    throw new Error("The control API asks for no lease.");
  }

  snapshot(): Snapshot {
    return this.state;
  }

  subscribe(listener: (event: WakerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  command(command: Command | WeightsCommand): Promise<void> {
    this.commands.push(command);
    return this.answer(command);
  }

  /** What lies on the disk. */
  stored: StoredWeights[] = [];

  async weights(): Promise<StoredWeights[]> {
    return this.stored;
  }

  logs(...call: Parameters<Link["logs"]>): AsyncIterable<string> {
    return this.lines(...call);
  }
}
