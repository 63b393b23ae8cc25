import { localNode, type NodeFacts, onePoolNode } from "../../../src/domain/nodes.ts";

/** Nodes with these budgets, GiB: `local`, `node2`, `node3`, ... */
export function nodesOf(budgets: readonly number[]): NodeFacts[] {
  return budgets.map((budgetGiB, index) => onePoolNode(index === 0 ? localNode : `node${index + 1}`, budgetGiB));
}
