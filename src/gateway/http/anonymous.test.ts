/** Requests without a key, where somebody has said from where they are taken. */
import { networkInterfaces } from "node:os";
import { expect, test as unit } from "vitest";
import { planFor, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { HearthClient } from "../../../test/support/hearth-client.ts";
import { anonymousOf } from "./anonymous.ts";

const open = { key: null };
const anonymous = { from: ["loopback"], models: ["a"] };

const outer = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === "IPv4" && !one.internal)?.address;

test("use the models that are named, and no others", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => response.end("{}"));
  const link = new TestLink({ id: "a" }, { id: "b" });
  link.engine("a", engine.origin);
  const { client } = await serve(link, { anonymous });
  expect((await client.chat("a", {}, open)).status).toBe(200);
  expect(link.asked[0]!.request.client).toBe("anonymous");
  expect((await client.chat("b", {}, open)).json.error.code).toBe("model_not_found");
  expect((await client.get("/api/tags", open)).json.models).toHaveLength(1);
  expect((await client.get("/v1/models", { ...open, headers: { authorization: "Bearer " } })).status).toBe(200);
});

test("control nothing", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }), {
    anonymous: { ...anonymous, models: ["*"] },
    metrics: "never",
    routes: (app, { requireAdmin }) => app.get("/control", { onRequest: requireAdmin }, () => "done"),
  });
  for (const path of ["/control", "/metrics"])
    expect([path, (await client.get(path, open)).status]).toEqual([path, 401]);
  const stop = await client.post("/api/generate", { model: "a", keep_alive: 0 }, open);
  expect([stop.status, stop.json.code]).toEqual([403, "admin_key_required"]);
});

test("a wrong key is refused all the same, wherever it stands", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }), { anonymous });
  expect((await client.get("/v1/models", { key: "wrong" })).status).toBe(401);
  expect((await client.get("/k/wrong/v1/models", open)).status).toBe(401);
  expect((await client.get("/v1/models?key=wrong", open)).status).toBe(401);
});

test.for([
  ["a page of another site", { origin: "https://evil.example" }],
  ["an image of another site", { "sec-fetch-site": "cross-site" }],
  ["a proxy's client", { "x-forwarded-for": "203.0.113.5" }],
] as const)("%s is not let in", async ([, headers], { serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }), { anonymous });
  expect((await client.get("/v1/models", { ...open, headers })).status).toBe(401);
});

test("nobody is, unless somebody says so, and from the next request on nobody again", async ({ serve }) => {
  const { client, apply } = await serve(new TestLink({ id: "a" }));
  expect((await client.get("/v1/models", open)).status).toBe(401);
  apply(planFor({ anonymous }));
  expect((await client.get("/v1/models", open)).status).toBe(200);
  apply(planFor());
  expect((await client.get("/v1/models", open)).status).toBe(401);
});

test("other machines only where their network is named", async ({ serve, skip }) => {
  if (outer === undefined) return skip("no address but loopback here");
  const served = await serve(new TestLink({ id: "a" }), { address: "0.0.0.0", anonymous });
  const client = new HearthClient(`http://${outer}:${new URL(served.origin).port}`);
  expect((await client.get("/v1/models", open)).status).toBe(401);
  served.apply(planFor({ address: "0.0.0.0", anonymous: { ...anonymous, from: [`${outer}/24`] } }));
  expect((await client.get("/v1/models", open)).status).toBe(200);
  await client.disconnect();
});

unit.each([
  ["192.168.1.7", ["192.168.1.0/24"], true],
  ["::ffff:192.168.1.7", ["192.168.1.0/24"], true],
  ["192.168.2.7", ["192.168.1.0/24"], false],
  ["192.168.1.7", ["192.168.1.7"], true],
  ["192.168.1.8", ["192.168.1.7"], false],
  ["fd00::1", ["fd00::/8"], true],
  ["fe80::1", ["fd00::/8"], false],
  ["fd00::1", ["fd00::1"], true],
  ["127.0.0.1", ["loopback"], true],
  ["::1", ["loopback"], true],
  ["::ffff:127.0.0.1", ["loopback"], true],
  ["10.0.0.1", ["loopback"], false],
  ["", ["loopback", "0.0.0.0/0"], false],
])("%s of %j: %s", (remoteAddress, from, taken) => {
  const rule = anonymousOf({ from, models: ["a"], name: "anonymous" })!;
  expect(rule.takes({ headers: {}, socket: { remoteAddress } })).toBe(taken);
});

unit("without a network, or without a model, there is no such way", () => {
  expect(anonymousOf({ from: [], models: ["*"], name: "anonymous" })).toBeNull();
  expect(anonymousOf({ from: ["loopback"], models: [], name: "anonymous" })).toBeNull();
});
