/** A node: a machine with memory of its own, on which engines stand. */
import { type HostMemory, ledgerLimits, type PoolLimits } from "./memory.ts";

export type NodeId = string;

/** The machine that the waker itself runs on. */
export const localNode: NodeId = "local";

/** The memory that an engine is in: the GPU's, or the host's. On a DGX Spark these are one. */
export type Pool = "gpu" | "host";

/** What the scheduler knows of a node. */
export interface NodeFacts {
  id: NodeId;
  /** GiB that engines may take together: of its discrete GPU where it has one, else of the host. */
  budgetGiB: number;
  /** GPUs with memory of their own. None where there is no GPU, or it shares the host's memory. */
  gpus: { totalGiB: number }[];
  /** GiB that engines may take of the host's memory; the budget itself where there is no discrete GPU. */
  hostBudgetGiB: number;
}

/** A node with one pool of memory, as a DGX Spark is. */
export function onePoolNode(id: NodeId, budgetGiB: number): NodeFacts {
  return { id, budgetGiB, gpus: [], hostBudgetGiB: budgetGiB };
}

/** A node as it says of itself, within these limits. Its budget is rounded down to a tenth, since people read it. */
export function nodeFacts(id: NodeId, { card }: HostMemory, limits: PoolLimits): NodeFacts {
  const budgetGiB = Math.floor(ledgerLimits(limits).budgetGiB * 10) / 10;
  if (card === undefined || limits.card === null) return onePoolNode(id, budgetGiB);
  return { id, budgetGiB, gpus: [{ totalGiB: card.totalGiB }], hostBudgetGiB: limits.host.budgetGiB };
}

/**
 * What an engine is on the node's ledger, GiB. Beside a discrete GPU, one that stays in the host's memory counts as
 * the same share of the GPU's as it takes of the host's: a little too much together, but never more than fits.
 */
export function ledgerGiB({ budgetGiB, gpus, hostBudgetGiB }: NodeFacts, memoryGiB: number, pool: Pool): number {
  if (gpus.length === 0 || pool === "gpu") return memoryGiB;
  return hostBudgetGiB === 0 ? budgetGiB : memoryGiB * (budgetGiB / hostBudgetGiB);
}
