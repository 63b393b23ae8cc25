import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { wellStore } from "../../../test/support/gateway/well-store.ts";
import type { RequestRecord } from "../../domain/request-record.ts";
import type { NodeView, Snapshot } from "../../link/link.ts";
import { createMetrics, type Metrics } from "./metrics.ts";

function metricsOf(snapshot: () => Snapshot, byKey = false): Metrics {
  const link = { snapshot, subscribe: () => () => {} };
  const storeHealth = () => wellStore;
  return createMetrics({ link, storeHealth, home: tmpdir(), version: "1.2.3", byKey: () => byKey });
}

async function linesOf(metrics: Metrics, name: string): Promise<string[]> {
  try {
    return (await metrics.text()).split("\n").filter((line) => line.startsWith(name) && !line.startsWith("#"));
  } finally {
    metrics.close();
  }
}

/** The lines of hearth_memory_bytes. */
function memoryLines(ids: string[]): Promise<string[]> {
  const state = new TestLink().snapshot();
  const nodes = ids.map((id): NodeView => ({ ...state.nodes[0]!, id }));
  return linesOf(
    metricsOf(() => ({ ...state, nodes })),
    "hearth_memory_bytes{",
  );
}

test("memory is told by node where there are several, and without that label where there is one", async () => {
  expect(await memoryLines(["local"])).toContain(`hearth_memory_bytes{kind="budget"} ${10 * 1024 ** 3}`);
  const two = await memoryLines(["local", "spark2"]);
  expect(two).toContain(`hearth_memory_bytes{kind="budget",node="spark2"} ${10 * 1024 ** 3}`);
  expect(two).toHaveLength(10);
});

const record: RequestRecord = {
  ...{ id: "1", at: 0, key: "ann", api: "OpenAI", route: "/v1/chat/completions", modelAsked: "a", modelServed: "a" },
  ...{ status: 200, problem: null, streaming: true, caused: null, fixups: [], requestBytes: 1, answerBytes: 1 },
  ...{ waitMs: 1000, loadMs: 0, firstByteMs: 1500, totalMs: 3500, machineMs: 2500 },
  tokens: { in: 100, out: 41, cached: 60, reasoning: 10, estimated: false },
  tokensPerSecond: 20,
};

test("a request's tokens and times are counted by model", async () => {
  const metrics = metricsOf(() => new TestLink().snapshot());
  metrics.finished(record);
  const lines = await linesOf(metrics, "hearth_");
  for (const [kind, count] of Object.entries({ in: 100, out: 41, cached: 60, reasoning: 10 })) {
    expect(lines).toContain(`hearth_tokens_total{model="a",kind="${kind}"} ${count}`);
  }
  expect(lines).toContain('hearth_time_to_first_token_seconds_sum{model="a"} 0.5');
  expect(lines).toContain('hearth_inter_token_seconds_sum{model="a"} 0.05');
  expect(lines).toContain('hearth_request_seconds_sum{model="a"} 3.5');
  expect(lines).toContain('hearth_machine_seconds_total{model="a"} 2.5');
  expect(lines).toContain('hearth_build_info{version="1.2.3"} 1');
  expect(lines.some((line) => line.startsWith('hearth_disk_bytes{kind="free"} '))).toBe(true);
});

test("a key is a label only where that is switched on", async () => {
  const hidden = metricsOf(() => new TestLink().snapshot());
  hidden.finished(record);
  expect((await linesOf(hidden, "")).join("\n")).not.toContain("ann");
  const shown = metricsOf(() => new TestLink().snapshot(), true);
  shown.finished(record);
  const lines = await linesOf(shown, "hearth_key_");
  expect(lines).toContain('hearth_key_requests_total{key="ann"} 1');
  expect(lines).toContain('hearth_key_tokens_total{key="ann",kind="out"} 41');
});

test("what a model's failure is called is counted", async () => {
  const metrics = metricsOf(() => new TestLink().snapshot());
  metrics.finished({ ...record, status: 502, problem: "engine_failed", tokens: null, firstByteMs: null });
  expect(await linesOf(metrics, "hearth_problems_total")).toEqual([
    'hearth_problems_total{model="a",code="engine_failed"} 1',
  ]);
});
