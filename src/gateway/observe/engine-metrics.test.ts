import { expect } from "vitest";
import { test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { createEngineMetrics } from "./engine-metrics.ts";

test("an engine's own metrics are passed on, also those of one that has stopped, with their age", async ({ stub }) => {
  const engine = await stub((_, { url }, response) => response.end(url === "/metrics" ? "vllm:running 3\n" : ""));
  const link = new TestLink({ id: "a", state: "ready" }, { id: "b" });
  link.models[0]!.process = { pid: 1, origin: engine.origin, generation: 1, rssGiB: null };
  const metrics = createEngineMetrics(link);
  expect(await metrics.text()).toMatch(/^vllm:running\{model="a"\} 3\n/);
  link.models[0]!.state = "absent";
  link.models[0]!.process = null;
  engine.close();
  const later = await metrics.text();
  expect(later).toContain('vllm:running{model="a"} 3\n');
  expect(later).toMatch(/^hearth_engine_metrics_age_seconds\{model="a"\} \d/m);
  expect(later).not.toContain('model="b"');
  // A model that is taken out of the configuration is forgotten.
  link.models = [];
  expect(await metrics.text()).toBe("");
  metrics.close();
});

test("an engine without metrics, or with something else there, costs nobody theirs", async ({ stub }) => {
  const broken = await stub((_, __, response) => response.writeHead(404).end("nothing 1\n"));
  const huge = await stub((_, __, response) => response.end("x 1\n".repeat(2 ** 20)));
  const well = await stub((_, __, response) => response.end("fine 1\n"));
  const link = new TestLink(...["a", "b", "c"].map((id) => ({ id, state: "ready" as const })));
  for (const [index, { origin }] of [broken, huge, well].entries()) {
    link.models[index]!.process = { pid: 1, origin, generation: 1, rssGiB: null };
  }
  const metrics = createEngineMetrics(link);
  expect((await metrics.text()).split("\n")[0]).toBe('fine{model="c"} 1');
  metrics.close();
});
