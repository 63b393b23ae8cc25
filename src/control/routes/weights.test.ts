import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { type ControlServer, startControl } from "../../../test/support/control/control-server.ts";
import { modelView } from "../../../test/support/control/fake-link.ts";
import type { ModelSpec, WeightsSpec } from "../../domain/model.ts";
import type { PullWeights } from "../pulls.ts";

const weights: WeightsSpec = {
  file: "small.gguf",
  bytes: 1000,
  sha256: "0".repeat(64),
  sources: [{ kind: "file", path: "/nowhere" }],
};

function spec(id: string, own?: WeightsSpec): ModelSpec {
  return {
    ...{ id, aliases: [], summary: "", memoryGiB: 1, context: 1, concurrency: 1 },
    policy: { lifecycle: "normal", pinned: false, idleStopSeconds: 0, warm: null },
    ...{ capabilities: [], status: "manual", loadSeconds: 1 },
    runtime: { kind: "embedded", startTimeoutSeconds: 1, stopGraceSeconds: 1 },
    ...(own === undefined ? {} : { weights: own }),
  };
}

const specs = [spec("small", weights), spec("also-small", weights), spec("org/big")];

let control: ControlServer;
const start = async (pull?: PullWeights) => {
  control = await startControl({ specs: () => specs, ...(pull === undefined ? {} : { pull }) });
  control.link.state.models = specs.map(({ id }) => modelView(id));
};
afterEach(() => control.close());

test("files that are there, files that are wanted, and who uses them", async () => {
  await start();
  const missing = { file: "small.gguf", bytes: 0, wantedBytes: 1000, models: ["small", "also-small"] };
  const folder = join(control.home, "weights");
  expect((await control.get("/weights")).json).toEqual({ folder, files: [missing], pulls: [] });
  mkdirSync(join(folder, "a-folder"), { recursive: true });
  writeFileSync(join(folder, "small.gguf"), Buffer.alloc(1000));
  writeFileSync(join(folder, "old.gguf"), Buffer.alloc(7));
  expect((await control.get("/weights")).json.files).toEqual([
    { file: "old.gguf", bytes: 7, wantedBytes: null, models: [] },
    { ...missing, bytes: 1000 },
  ]);
});

test("without a way to pull there is no such route", async () => {
  await start();
  expect((await control.post("/models/small/pull")).json.error.code).toBe("route_not_found");
});

test("a pull goes on after the answer, is shown, and is made once for a file", async () => {
  const there = Promise.withResolvers<void>();
  const pull = vi.fn<PullWeights>(async (_weights, { onProgress }) => {
    onProgress(400);
    await there.promise;
  });
  await start(pull);
  const wanted = { status: 202, json: { model: "small", file: "small.gguf" } };
  expect(await control.post("/models/small/pull")).toMatchObject(wanted);
  expect(await control.post("/models/also-small/pull")).toMatchObject({ status: 202 });
  const pulls = [{ file: "small.gguf", receivedBytes: 400, bytes: 1000, failure: null }];
  expect((await control.get("/weights")).json.pulls).toEqual(pulls);
  expect(pull).toHaveBeenCalledTimes(1);
  expect(pull.mock.calls[0]?.[0]).toEqual(weights);
  there.resolve();
  expect(await control.post("/models/small/pull?wait=1")).toMatchObject({ ...wanted, status: 200 });
  expect((await control.get("/weights")).json.pulls).toEqual([]);
});

test("a pull that fails says why, and may be asked for again", async () => {
  let works = false;
  await start(async () => {
    if (!works) throw new Error("no source reachable");
  });
  expect((await control.post("/models/small/pull")).status).toBe(202);
  expect((await control.get("/weights")).json.pulls).toMatchObject([{ failure: "no source reachable" }]);
  works = true;
  expect((await control.post("/models/small/pull?wait=1")).status).toBe(200);
  expect((await control.get("/weights")).json.pulls).toEqual([]);
});

test("closing ends a pull", async () => {
  const ended = Promise.withResolvers<void>();
  await start(async (_weights, { signal }) => {
    signal.addEventListener("abort", () => ended.resolve());
    await new Promise(() => {});
  });
  await control.post("/models/small/pull");
  await control.app.close();
  await ended.promise;
});

test("a model without a weights file has nothing to pull", async () => {
  await start(async () => {});
  expect((await control.post("/models/org%2Fbig/pull")).json.error).toMatchObject({
    code: "invalid_request",
    param: "id",
    message: expect.stringContaining("nothing to pull"),
  });
});
