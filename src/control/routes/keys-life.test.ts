import { request } from "undici";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ControlServer, startControl } from "../../../test/support/control/control-server.ts";
import { requestRecord } from "../../../test/support/gateway/request-record.ts";
import { hashSecret } from "../../config/secret-hash.ts";
import type { OpenRequestView } from "../../domain/open-request.ts";
import { openStore } from "../../store/store.ts";

let control: ControlServer;
beforeEach(async () => {
  control = await startControl({
    configuredKeys: () => [
      {
        name: "filed",
        hash: hashSecret("x"),
        models: ["*"],
        priority: "interactive",
        role: "user",
        note: "in the file",
      },
    ],
  });
});
afterEach(() => control.close());

const limits = { requestsPerMinute: 10, tokensPerDay: 100_000, concurrent: 2 };
const wanted = {
  ...{ name: "kid", models: ["small*"], limits, hours: "Mon-Fri 15:00-19:00", note: "homework" },
  ...{ expires: "2030-06-30", capabilities: ["chat"] },
};

describe("a key", () => {
  test("is made with all that it may do, shown once, and known by its beginning and by who made it", async () => {
    const { status, json } = await control.post("/keys", wanted);
    expect(status).toBe(201);
    expect(json.key).toMatchObject({ ...wanted, priority: "interactive", role: "user", createdBy: "admin" });
    expect(json.secret.startsWith(json.key.prefix)).toBe(true);
    expect(json.key.prefix.length).toBeLessThan(json.secret.length / 2);
    const list = await control.get("/keys");
    expect(list.json.keys).toEqual([{ ...json.key, lastUsedAt: null }]);
    expect(JSON.stringify(list.json)).not.toContain(json.secret);
    expect(JSON.stringify(list.json)).not.toContain("sha256");
    expect(list.json.configured).toMatchObject([{ name: "filed", note: "in the file" }]);
  });

  test("gets a new secret, and the old one is refused from then on; all else stays", async () => {
    const { key, secret } = (await control.post("/keys", wanted)).json;
    const rotated = (await control.post("/keys/kid/rotate")).json;
    expect(rotated.key).toEqual({ ...key, prefix: rotated.secret.slice(0, key.prefix.length) });
    const { keys } = control.store;
    expect([keys.findByHash(hashSecret(secret)), keys.findByHash(hashSecret(rotated.secret))?.name]).toEqual([
      null,
      "kid",
    ]);
  });

  test("is changed as a whole, and what is left out is its default again", async () => {
    const { secret } = (await control.post("/keys", wanted)).json;
    const changed = await control.put("/keys/kid", { limits: { tokensPerMonth: 5 }, priority: "batch" });
    expect(changed.json).toMatchObject({
      name: "kid",
      models: ["*"],
      priority: "batch",
      limits: { tokensPerMonth: 5 },
    });
    expect(changed.json).not.toHaveProperty("hours");
    expect(control.store.keys.findByHash(hashSecret(secret))).toMatchObject({ limits: { tokensPerMonth: 5 } });
  });

  test("outlives a restart with everything, its last use too", async () => {
    const { json } = await control.post("/keys", wanted);
    control.store.requests.add(requestRecord({ key: "kid", at: 1234 }));
    expect((await control.get("/keys")).json.keys[0].lastUsedAt).toBe(1234);
    await control.store.close();
    const next = await openStore(control.home);
    expect(next.keys.findByHash(hashSecret(json.secret))).toMatchObject(wanted);
    expect(next.requests.lastUseOf("kid")).toBe(1234);
    await next.close();
  });

  test("that ends is gone with its secret, also while it is changed", async () => {
    const { secret } = (await control.post("/keys", wanted)).json;
    const [rotated] = await Promise.all([control.post("/keys/kid/rotate"), control.delete("/keys/kid")]);
    const { keys } = control.store;
    expect(keys.list()).toEqual([]);
    expect(keys.findByHash(hashSecret(secret))).toBeNull();
    if (rotated.status === 200) expect(keys.findByHash(hashSecret(rotated.json.secret))).toBeNull();
  });

  test.each([
    [{ hours: "whenever" }, "hours"],
    [{ expires: "soon" }, "expires"],
    [{ limits: { requestsPerMinute: 0 } }, "limits.requestsPerMinute"],
    [{ limits: { requestsPerHour: 1 } }, "limits.requestsPerHour"],
    [{ capabilities: ["everything"] }, "capabilities.0"],
    [{ name: "filed" }, "name"],
  ])("with %j is refused with the field", async (fault, param) => {
    const { status, json } = await control.post("/keys", { ...wanted, ...fault });
    expect([status, json.error.code]).toEqual([400, "invalid_request"]);
    expect(json.error.param.replace("[0]", ".0")).toBe(param);
  });

  test.each(["PUT", "POST", "DELETE"] as const)("that is not there is said to %s", async (method) => {
    const path = method === "POST" ? "/keys/nobody/rotate" : "/keys/nobody";
    const answer =
      method === "PUT"
        ? await control.put(path, {})
        : method === "POST"
          ? await control.post(path)
          : await control.delete(path);
    expect(answer).toMatchObject({ status: 400, json: { error: { param: "name" } } });
  });
});

test("every administrative act is kept: who, what, on what and when, and no secret", async () => {
  const before = Date.now() / 1000;
  const { secret } = (await control.post("/keys", wanted)).json;
  await control.post("/models/small/stop");
  await control.get("/keys");
  await control.post("/models/none/stop");
  await control.delete("/keys/kid");
  const { entries } = (await control.get("/audit")).json;
  expect(entries.map(({ act, target, by }: Record<string, unknown>) => [act, target, by])).toEqual([
    ["revokeKey", "kid", "admin"],
    ["stopModel", "small", "admin"],
    ["createKey", "kid", "admin"],
  ]);
  expect(entries[2]).toMatchObject({ address: "127.0.0.1", details: { limits }, request: expect.any(String) });
  expect(entries[2].at).toBeGreaterThanOrEqual(before);
  expect(JSON.stringify(entries)).not.toContain(secret);
  expect((await control.get("/audit?limit=1")).json.entries).toHaveLength(1);
});

test("a key sees itself: its limits, what it used today, and its requests that wait", async () => {
  await control.close();
  const open: OpenRequestView = {
    ...{ id: "r", key: "ann", model: "small", since: 5, state: "waiting", place: 2 },
    ...{ phase: "waiting for big", percent: null, secondsLeft: 40 },
  };
  const gauge = { limit: 10, used: 3, resetSeconds: 12 };
  const none = { tokensPerMinute: null, tokensPerDay: null, tokensPerMonth: null, concurrent: null };
  control = await startControl({
    people: {
      gauges: () => ({ requestsPerMinute: gauge, ...none }),
      open: (key) => (key === undefined || key === "ann" ? [open] : []),
    },
  });
  const at = Date.now() / 1000;
  control.store.requests.add(requestRecord({ key: "ann", at }));
  control.store.requests.add(requestRecord({ key: "bob", at }));
  const me = async (name: string) => {
    const { body } = await request(control.url("/me"), { headers: { authorization: `Bearer ${name}` } });
    return body.json();
  };
  expect(await me("ann")).toMatchObject({
    ...{ name: "ann", gauges: { requestsPerMinute: gauge }, today: { requests: 1, tokensIn: 10, tokensOut: 20 } },
    requests: [open],
  });
  expect(await me("eve")).toMatchObject({ name: "eve", requests: [], today: { requests: 0 } });
  expect((await control.get("/requests/open")).json.requests).toMatchObject([{ key: "ann" }]);
});
