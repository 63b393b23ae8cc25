import { request } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ControlServer, startControl } from "../../../test/support/control/control-server.ts";
import { hashSecret } from "../../config/secret-hash.ts";

let control: ControlServer;
beforeEach(async () => {
  control = await startControl();
});
afterEach(() => control.close());

test("a key is made with its secret, which is told once, and works", async () => {
  const { status, json } = await control.post("/keys", { name: "family" });
  expect(status).toBe(201);
  expect(json.key).toMatchObject({ name: "family", models: ["*"], priority: "interactive", role: "user" });
  expect(control.store.keys.findByHash(hashSecret(json.secret))?.name).toBe("family");
  const list = (await control.get("/keys")).json;
  expect(list).toEqual({ keys: [json.key], configured: [] });
  expect(JSON.stringify(list)).not.toContain("sha256");
});

test("a key is revoked by its name, whatever is in that", async () => {
  await control.post("/keys", { name: "a/b ü" });
  const path = `/keys/${encodeURIComponent("a/b ü")}`;
  expect(await control.delete(path)).toMatchObject({ status: 200, json: { name: "a/b ü" } });
  expect((await control.get("/keys")).json).toEqual({ keys: [], configured: [] });
  expect(await control.delete(path)).toMatchObject({
    status: 400,
    json: { error: { code: "invalid_request", param: "name" } },
  });
});

test("a name that is taken is refused", async () => {
  await control.post("/keys", { name: "ann" });
  const { status, json } = await control.post("/keys", { name: "ann" });
  expect([status, json.error.param]).toEqual([400, "name"]);
});

test.each([
  [{}, "name", "missing: text is needed."],
  [{ name: "" }, "name", "expected text that is not empty"],
  [{ name: "a", priority: "bach" }, "priority", "Did you mean `batch`?"],
  [{ name: "a", models: [] }, "models", "expected at least one entry"],
  [{ name: "a", models: ["x", 5] }, "models[1]", "expected text, got 5."],
  [{ name: "a", hash: "x" }, "hash", "unknown key."],
  [[], "body", "expected keys with values, got a list."],
])("%j is refused with the field at fault", async (body, param, message) => {
  const { status, json } = await control.post("/keys", body);
  expect(status).toBe(400);
  expect(json.error).toMatchObject({ code: "invalid_request", param });
  expect(json.error.message).toContain(message);
});

test("a body that is no JSON, too large, or of another type", async () => {
  expect(await control.post("/keys", "{")).toMatchObject({ status: 400, json: { error: { code: "invalid_json" } } });
  expect(await control.post("/keys", { name: "x".repeat(100_000) })).toMatchObject({
    status: 413,
    json: { error: { code: "request_too_large" } },
  });
  const headers = { authorization: "Bearer admin", "content-type": "application/x-www-form-urlencoded" };
  const answer = await request(control.url("/keys"), { method: "POST", headers, body: "name=ann" });
  expect(answer.statusCode).toBe(415);
  expect(await answer.body.json()).toMatchObject({ error: { code: "unsupported_media_type" } });
});
