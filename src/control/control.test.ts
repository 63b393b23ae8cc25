import { request } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ControlServer, startControl } from "../../test/support/control/control-server.ts";
import { Problem } from "../domain/problem.ts";

let control: ControlServer;
beforeEach(async () => {
  control = await startControl();
});
afterEach(() => control.close());

test("the state is the link's snapshot", async () => {
  expect((await control.get("/state")).json).toEqual(control.link.state);
});

test.each([
  [undefined, 401, "invalid_api_key"],
  ["Bearer child", 403, "admin_key_required"],
])("with the key %s everything is refused, also what does not exist", async (authorization, status, code) => {
  for (const path of ["/state", "/events", "/keys", "/openapi.json", "/nowhere"]) {
    const answer = await request(control.url(path), { headers: authorization === undefined ? {} : { authorization } });
    expect(answer.statusCode).toBe(status);
    expect(await answer.body.json()).toMatchObject({ error: { code, message: expect.any(String), param: null } });
  }
});

test.each([
  ["stop", { type: "stop", model: "small" }],
  ["touch", { type: "touch", model: "small" }],
  ["pin", { type: "pin", model: "small", pinned: true, owner: "operator" }],
  ["unpin", { type: "pin", model: "small", pinned: false, owner: "operator" }],
  ["clear", { type: "clear", model: "small" }],
])("%s is passed on, and an alias names the model too", async (name, command) => {
  expect(await control.post(`/models/tiny/${name}`)).toMatchObject({ status: 200, json: { model: "small" } });
  expect(control.link.commands).toEqual([command]);
});

test("an id with a slash is percent-encoded", async () => {
  expect((await control.post("/models/org%2Fbig/stop")).json).toEqual({ model: "org/big" });
});

test("a body where none is wanted does no harm", async () => {
  expect((await control.post("/models/small/stop", {})).status).toBe(200);
});

test("an unknown model is refused with the nearest names", async () => {
  const { status, json } = await control.post("/models/smal/stop");
  expect(status).toBe(404);
  expect(json.error).toMatchObject({ code: "model_not_found", param: "id", nearest: ["small"] });
  expect(json.error.message).toContain("small");
});

test("start answers while the load goes on", async () => {
  control.link.answer = () => new Promise(() => {});
  expect(await control.post("/models/small/start")).toMatchObject({ status: 202, json: { ready: false } });
  expect(control.link.commands).toEqual([{ type: "ensure", model: "small" }]);
});

test("start of a model that is ready says so", async () => {
  expect(await control.post("/models/small/start")).toMatchObject({ status: 200, json: { ready: true } });
});

test("start tells a refusal that is known at once, with Retry-After", async () => {
  control.link.answer = async () => {
    throw new Problem("model_unavailable", "small failed three times.", { retryAfterSeconds: 599.2 });
  };
  const { status, headers, json } = await control.post("/models/small/start");
  expect(status).toBe(503);
  expect(headers["retry-after"]).toBe("600");
  expect(json.error).toMatchObject({ code: "model_unavailable", message: "small failed three times." });
});

test("start with wait=1 answers when the model is ready", async () => {
  const ready = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  control.link.answer = () => {
    asked.resolve();
    return ready.promise;
  };
  const answer = control.post("/models/small/start?wait=1");
  await asked.promise;
  ready.resolve();
  expect(await answer).toMatchObject({ status: 200, json: { model: "small", ready: true } });
});

test("start with wait=1 hears of Hearth's own stop at once, with Retry-After", async () => {
  const stop = new AbortController();
  const stopping = await startControl({ stopping: stop.signal });
  const asked = Promise.withResolvers<void>();
  stopping.link.answer = () => {
    asked.resolve();
    return new Promise(() => {});
  };
  const answer = stopping.post("/models/small/start?wait=1");
  await asked.promise;
  stop.abort(new Problem("shutting_down", "Hearth stops.", { retryAfterSeconds: 5 }));
  const { status, headers, json } = await answer;
  expect([status, headers["retry-after"], json.error.code]).toEqual([503, "5", "shutting_down"]);
  await stopping.close();
});

test.each([
  ["/models/small/start?wait=perhaps", "wait", 'expected one of 0, 1, true, false, got "perhaps"'],
  ["/models/small/start?wiat=1", "wiat", "unknown key. Did you mean `wait`?"],
])("%s is refused with the field at fault", async (path, param, message) => {
  const { status, json } = await control.post(path);
  expect(status).toBe(400);
  expect(json.error).toMatchObject({ code: "invalid_request", param });
  expect(json.error.message).toContain(message);
});

test("a fault of the program is told without its inside", async () => {
  control.link.answer = async () => {
    throw new TypeError("secret detail");
  };
  const { status, json } = await control.post("/models/small/stop");
  expect(status).toBe(500);
  expect(json.error.code).toBe("internal_error");
  expect(JSON.stringify(json)).not.toContain("secret detail");
});

test("what does not exist, and a method that does not fit", async () => {
  expect(await control.get("/nowhere?x=1")).toMatchObject({
    status: 404,
    json: { error: { code: "route_not_found" } },
  });
  const wrong = await control.put("/keys", {});
  expect(wrong).toMatchObject({ status: 405, json: { error: { code: "method_not_allowed" } } });
  expect(wrong.headers.allow).toBe("GET, POST");
});
