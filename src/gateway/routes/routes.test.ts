import { expect } from "vitest";
import { keyOf, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { until } from "../../../test/support/until.ts";
import { Problem } from "../../domain/problem.ts";

const gateless = { key: null };

test("health, readiness and metrics need no key; health is red when the scheduler's heartbeat is old", async ({
  serve,
}) => {
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link);
  for (const path of ["/healthz", "/readyz"]) {
    const { status, json } = await client.get(path, gateless);
    expect([status, json.version, json.heartbeatAgeSeconds]).toEqual([200, "0.0.0-test", 0]);
  }
  link.heartbeatAge = 60;
  for (const path of ["/healthz", "/readyz"]) {
    const { status, json } = await client.get(path, gateless);
    expect([status, json.heartbeatAgeSeconds]).toEqual([503, 60]);
  }
});

test("a disk that refuses is told in health and metrics, and is no reason to be red", async ({ serve }) => {
  const problem = "The disk is full. Make room.";
  const storeHealth = { status: "failing", problem, queued: 3, failedWrites: 7, droppedWrites: 2 } as const;
  const { client } = await serve(new TestLink({ id: "a" }), { storeHealth });
  const { status, json } = await client.get("/healthz", gateless);
  expect([status, json.status, json.store]).toEqual([200, "ok", storeHealth]);
  const { text } = await client.get("/metrics", gateless);
  for (const figure of ["failed_writes_total 7", "dropped_writes_total 2", "queue_depth 3"]) {
    expect(text).toContain(`\nhearth_store_${figure}\n`);
  }
});

test("the metrics count requests, waits, first bytes, loads, failures and switches, and show what is", async ({
  serve,
  stub,
}) => {
  const engine = await stub((_, __, response) => response.end("{}"));
  const link = new TestLink(
    { id: "a", state: "ready", process: { pid: 1, origin: engine.origin, generation: 1, rssGiB: 0.5 } },
    { id: "b", running: 2 },
  );
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  await client.chat("a");
  await client.chat("a");
  await client.chat("nobody");
  link.publish({ type: "ready", model: "a", seconds: 12, message: "" });
  link.publish({ type: "failed", model: "b", reason: "engine_failed", message: "" });
  link.publish({ type: "switch", model: "a", message: "" });
  const { headers, text } = await client.get("/metrics", gateless);
  expect(headers["content-type"]).toContain("text/plain");
  for (const line of [
    'hearth_requests_total{model="a",status="200"} 2',
    'hearth_requests_total{model="",status="404"} 1',
    'hearth_wait_seconds_count{model="a"} 2',
    'hearth_time_to_first_byte_seconds_count{model="a"} 2',
    'hearth_load_seconds_sum{model="a"} 12',
    'hearth_engine_failures_total{model="b",reason="engine_failed"} 1',
    "hearth_switches_total 1",
    "hearth_queue_depth 0",
    'hearth_engine_state{model="a",state="ready"} 1',
    'hearth_engine_state{model="b",state="ready"} 0',
    'hearth_requests_running{model="b"} 2',
    `hearth_engine_resident_bytes{model="a"} ${0.5 * 1024 ** 3}`,
    `hearth_memory_bytes{kind="budget"} ${10 * 1024 ** 3}`,
  ]) {
    expect(text.split("\n")).toContain(line);
  }
});

test("the list of models is what the key may use; one of them is found by its alias, slashes and all", async ({
  serve,
}) => {
  const link = new TestLink(
    { id: "org/a", aliases: ["a"], state: "ready", secondsToReady: 0 },
    { id: "b", capabilities: ["chat", "tools"] },
  );
  const { client } = await serve(link, { keys: [keyOf("child", { models: ["org/*"] })] });
  const { json } = await client.get("/v1/models");
  expect(json).toMatchObject({
    object: "list",
    data: [{ id: "org/a", state: "ready", seconds_to_ready: 0 }, { id: "b" }],
  });
  expect(json.data[1]).toMatchObject({ object: "model", context_window: 8192, capabilities: ["chat", "tools"] });
  const own = await client.get("/v1/models", { key: "child" });
  expect(own.json.data.map(({ id }: { id: string }) => id)).toEqual(["org/a"]);
  for (const name of ["a", "org/a", "org%2Fa"]) {
    expect((await client.get(`/v1/models/${name}`)).json.state).toBe("ready");
  }
  expect((await client.get("/v1/models/c")).json.error.code).toBe("model_not_found");
});

test("a model that is new since a moment is found at once", async ({ serve }) => {
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link);
  expect((await client.get("/v1/models/a")).status).toBe(200);
  link.models = [...link.models, { ...link.models[0]!, id: "b" }];
  await until("b", async () => (await client.get("/v1/models/b")).status === 200);
});

test("the state says for how long a model runs, is idle, and will stay, to keys that may use it", async ({ serve }) => {
  const now = Date.now() / 1000;
  const link = new TestLink(
    { id: "a", state: "ready", readyAt: now - 100, lastUsedAt: now - 40, stopsAt: now + 20 },
    { id: "b", state: "ready", readyAt: now - 10, running: 1 },
    { id: "c" },
  );
  const { client } = await serve(link, { keys: [keyOf("child", { models: ["a"] })] });
  const { json } = await client.get("/debug/state");
  expect(json).toMatchObject({ why: "a test", memory: { totalGiB: 16 } });
  expect(json.models).toMatchObject([
    { id: "a", uptimeSeconds: 100, idleSeconds: 40, stopsInSeconds: 20 },
    { id: "b", uptimeSeconds: 10, idleSeconds: 0, stopsInSeconds: null },
    { id: "c", uptimeSeconds: null, idleSeconds: null },
  ]);
  expect((await client.get("/debug/state", { key: "child" })).json.models).toHaveLength(1);
  expect((await client.get("/debug/state", gateless)).status).toBe(401);
});

test("the memory of engines is told with the machine's, for all or for one", async ({ serve }) => {
  const process = { pid: 1, origin: "", generation: 1, rssGiB: 0.7 };
  const { client } = await serve(new TestLink({ id: "a", process }, { id: "b" }));
  const all = await client.get("/debug/gpu-stats");
  expect(all.json).toMatchObject({ nodes: [{ id: "local", gpu: { memory: "none", name: null } }] });
  expect(all.json.memory.availableGiB).toBe(12);
  expect(all.json.models).toMatchObject([
    { model: "a", residentGiB: 0.7, peakResidentGiB: 0.7 },
    { model: "b", residentGiB: null, peakResidentGiB: null },
  ]);
  expect((await client.get("/debug/gpu-stats/a")).json).toMatchObject({ model: "a", samples: [] });
  expect((await client.get("/debug/gpu-stats/x")).status).toBe(404);
});

test("touch and ensure need no body, take any, and reach the waker under the model's id", async ({ serve }) => {
  const link = new TestLink({ id: "org/a", aliases: ["a"], stopsAt: 5 });
  const { client } = await serve(link);
  expect((await client.send("/debug/touch/a", { method: "POST" })).json).toEqual({
    model: "org/a",
    state: "absent",
    stopsAt: 5,
  });
  const strange = { headers: { "content-type": "text/strange" } };
  expect((await client.post("/ensure/org/a", "{broken", strange)).json).toMatchObject({
    model: "org/a",
    state: "ready",
  });
  expect(link.commands).toEqual([
    { type: "touch", model: "org/a" },
    { type: "ensure", model: "org/a" },
  ]);
});

test("ensure waits until the model is ready, says why it is not, and for how long a client may wait", async ({
  serve,
}) => {
  const link = new TestLink({ id: "a", phase: "loading", percent: 30 });
  const { client } = await serve(link);
  link.onCommand = async () => {
    throw new Problem("model_unavailable", "It failed three times.", { retryAfterSeconds: 90 });
  };
  const refused = await client.post("/ensure/a");
  expect([refused.status, refused.json.error.code, refused.headers["retry-after"]]).toEqual([
    503,
    "model_unavailable",
    "90",
  ]);
  link.onCommand = () => new Promise(() => {});
  const loading = await client.post("/ensure/a", "", { headers: { prefer: "wait=0.05" } });
  expect([loading.status, loading.headers["retry-after"]]).toEqual([503, "5"]);
  expect(loading.json.error).toMatchObject({ code: "model_loading", phase: "loading", percent: 30 });
});
