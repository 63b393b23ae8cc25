import { afterEach, beforeEach, expect, test } from "vitest";
import { type ControlServer, startControl } from "../../../test/support/control/control-server.ts";
import { modelView } from "../../../test/support/control/fake-link.ts";
import { Problem } from "../../domain/problem.ts";
import type { RequestRecord } from "../../domain/request-record.ts";
import type { StoredWeights } from "../../domain/weights.ts";

let control: ControlServer;
beforeEach(async () => {
  control = await startControl({ budget: () => 5000 });
});
afterEach(() => control.close());

const day = 86_400;

function stored(name: string, models: string[], changes: Partial<StoredWeights> = {}): StoredWeights {
  const facts = { kind: "file", place: "/home/weights", bytes: 1000, wantedBytes: 1000, whole: true } as const;
  return { name, models, ...facts, changedAt: 0, fetchSeconds: 10, ...changes };
}

function request(model: string, at: number): RequestRecord {
  return {
    ...{ id: `r-${model}-${at}`, at, key: "me", api: "openai", route: "/v1/chat/completions", modelAsked: model },
    ...{
      modelServed: model,
      status: 200,
      problem: null,
      streaming: false,
      waitMs: 0,
      firstByteMs: 1,
      totalMs: 2,
      loadMs: 0,
    },
    ...{ requestBytes: 1, answerBytes: 1, caused: null, fixups: [], machineMs: 1, tokens: null, tokensPerSecond: null },
  };
}

test("the list says who uses what, since when nobody has, and what is safe to remove", async () => {
  const at = 100 * day;
  control.link.state.at = at;
  control.link.state.models = [
    modelView("asked-lately"),
    modelView("asked-long-ago"),
    modelView("pinned", { pinned: true }),
    modelView("running", { state: "ready" }),
  ];
  control.link.stored = [
    stored("a.gguf", ["asked-lately"]),
    stored("b.gguf", ["asked-long-ago"]),
    stored("c.gguf", ["pinned"]),
    stored("d.gguf", ["running"]),
    stored("e.gguf", []),
    stored("f.gguf", ["asked-long-ago"], { changedAt: at - day }),
    stored("g.gguf", ["asked-lately"], { bytes: 0, whole: false }),
  ];
  control.store.requests.add(request("asked-lately", at - 2 * day));
  control.store.requests.add(request("asked-long-ago", at - 50 * day));
  const { json } = await control.get("/weights");
  expect(json).toMatchObject({ takenBytes: 6000, budgetBytes: 5000, jobs: [] });
  expect(
    json.weights.map(({ name, lastUsedAt, needed, unused }: Record<string, unknown>) => [
      name,
      lastUsedAt,
      needed,
      unused,
    ]),
  ).toEqual([
    ["a.gguf", at - 2 * day, null, false],
    ["b.gguf", at - 50 * day, null, true],
    ["c.gguf", null, "pinned is pinned", false],
    ["d.gguf", null, "running is ready", false],
    ["e.gguf", null, null, true],
    ["f.gguf", at - 50 * day, null, false],
    ["g.gguf", at - 2 * day, null, false],
  ]);
});

test("a pull goes on after the answer; with wait=1 the answer comes when it is done", async () => {
  const there = Promise.withResolvers<void>();
  control.link.answer = () => there.promise;
  expect(await control.post("/models/tiny/pull?limit=20000000")).toMatchObject({
    status: 202,
    json: { model: "small" },
  });
  const waits = control.post("/models/org%2Fbig/pull?wait=1");
  there.resolve();
  expect(await waits).toMatchObject({ status: 200, json: { model: "org/big" } });
  expect(control.link.commands).toEqual([
    { type: "pull", model: "small", limit: 20_000_000 },
    { type: "pull", model: "org/big" },
  ]);
});

test("a refusal that is known at once is told at once", async () => {
  control.link.answer = async () => {
    throw new Problem("disk_budget_exceeded", "There is no room.");
  };
  expect(await control.post("/models/small/pull")).toMatchObject({
    status: 507,
    json: { error: { code: "disk_budget_exceeded", message: "There is no room." } },
  });
});

test("checks, cancels and removals reach the waker under the names that it knows", async () => {
  expect(await control.post("/models/tiny/verify?wait=1")).toMatchObject({ status: 200 });
  expect(await control.delete("/models/tiny/pull")).toMatchObject({ status: 200 });
  expect(await control.delete("/weights/org%2Fbig-weights")).toMatchObject({ json: { name: "org/big-weights" } });
  expect(control.link.commands).toEqual([
    { type: "verify", model: "small" },
    { type: "cancelPull", model: "small" },
    { type: "removeWeights", name: "org/big-weights" },
  ]);
});

test("jobs are in the state, for those who watch it", async () => {
  const job = {
    model: "small",
    act: "fetch",
    state: "running",
    what: "small.gguf",
    doneBytes: 4,
    totalBytes: 10,
  } as const;
  control.link.state.weightsJobs = [{ ...job, limit: null, failure: null, at: 1 }];
  expect((await control.get("/state")).json.weightsJobs).toMatchObject([job]);
  expect((await control.get("/weights")).json.jobs).toMatchObject([job]);
});
