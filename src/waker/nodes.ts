/** The nodes on which engines stand: what each has, and who lets an engine start there. */
import type { GpuView } from "../domain/gpu.ts";
import { type HostMemory, type HostStrain, ledgerLimits, type PoolMemory } from "../domain/memory.ts";
import type { NodeId } from "../domain/nodes.ts";
import { committedGiB } from "../domain/scheduler/ledger.ts";
import type { SchedulerState } from "../domain/scheduler/scheduler.ts";
import type { NodeView } from "../link/link.ts";
import { MemoryGate } from "./memory-gate.ts";
import type { MakeRoom } from "./page-cache.ts";
import type { NodePlan } from "./plan.ts";

/** What a node says of itself. */
export interface NodeSource {
  id: NodeId;
  /** For people. */
  gpu: GpuView;
  /** May be a second old. */
  memory(): HostMemory;
  /** As it is now. */
  freshMemory(): Promise<HostMemory>;
  /** Called before a start on a GPU that shares the host's memory. */
  makeRoom?: MakeRoom;
  /** How near it is to hanging for want of memory. Absent where nobody can say so at once. */
  strain?: () => HostStrain;
}

export class Nodes {
  readonly #nodes = new Map<NodeId, { source: NodeSource; gate: MemoryGate }>();

  /** Throws where a plan names a node that is not among the sources. */
  constructor(sources: NodeSource[], plans: NodePlan[]) {
    for (const { facts, limits } of plans) {
      const source = sources.find(({ id }) => id === facts.id);
      if (source === undefined) throw new Error(`There is no node ${facts.id}.`);
      const { makeRoom, strain } = source;
      const gate = new MemoryGate(limits, { freshMemory: () => source.freshMemory(), makeRoom, strain });
      this.#nodes.set(facts.id, { source, gate });
    }
  }

  /** Other limits, from the next start on. */
  apply(plans: NodePlan[]): void {
    for (const { facts, limits } of plans) this.gate(facts.id).limits = limits;
  }

  gate(id: NodeId): MemoryGate {
    const node = this.#nodes.get(id);
    if (node === undefined) throw new Error(`There is no node ${id}.`);
    return node.gate;
  }

  /** For people. */
  views(state: SchedulerState): NodeView[] {
    return [...this.#nodes].map(([id, { source, gate }]) => ({
      id,
      state: state.nodes[id]?.lost === true ? "lost" : "up",
      memory: { ...poolOf(source.memory()), ...ledgerLimits(gate.limits), committedGiB: committedGiB(state, id) },
      gpu: source.gpu,
    }));
  }
}

/** The one that the budget is of. */
function poolOf({ card, ...host }: HostMemory): PoolMemory {
  return card ?? host;
}
