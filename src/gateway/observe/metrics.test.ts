import { expect, test } from "vitest";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { wellStore } from "../../../test/support/gateway/well-store.ts";
import type { NodeView, Snapshot } from "../../link/link.ts";
import { createMetrics } from "./metrics.ts";

/** The lines of hearth_memory_bytes. */
async function memoryLines(ids: string[]): Promise<string[]> {
  const link = new TestLink();
  const state = link.snapshot();
  const nodes = ids.map((id): NodeView => ({ ...state.nodes[0]!, id }));
  const snapshot = (): Snapshot => ({ ...state, nodes });
  const metrics = createMetrics({ snapshot, subscribe: () => () => {} }, () => wellStore);
  return (await metrics.text()).split("\n").filter((line) => line.startsWith("hearth_memory_bytes{"));
}

test("memory is told by node where there are several, and without that label where there is one", async () => {
  expect(await memoryLines(["local"])).toContain(`hearth_memory_bytes{kind="budget"} ${10 * 1024 ** 3}`);
  const two = await memoryLines(["local", "spark2"]);
  expect(two).toContain(`hearth_memory_bytes{kind="budget",node="spark2"} ${10 * 1024 ** 3}`);
  expect(two).toHaveLength(10);
});
