import { networkInterfaces } from "node:os";
import { describe, expect } from "vitest";
import { keyOf, planFor, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { HearthClient } from "../../../test/support/hearth-client.ts";
import { wellKnownSecret as wellKnown } from "../../config/access.ts";

const outer = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === "IPv4" && !one.internal)?.address;

describe("the key of the documentation", () => {
  test("uses models where nobody has ever had a key, and controls nothing", async ({ serve }) => {
    const { client } = await serve(new TestLink({ id: "a" }), {
      neverOwn: true,
      routes: (app, { requireAdmin }) => app.get("/control", { onRequest: requireAdmin }, () => "done"),
    });
    expect((await client.get("/v1/models", { key: wellKnown })).status).toBe(200);
    expect((await client.get("/control", { key: wellKnown })).json.error.code).toBe("admin_key_required");
  });

  test("is unknown as soon as somebody has had one", async ({ serve }) => {
    const { client } = await serve(new TestLink({ id: "a" }), { neverOwn: false });
    expect((await client.get("/v1/models", { key: wellKnown })).status).toBe(401);
  });

  test.for([
    ["a page of another site", { origin: "https://evil.example" }],
    ["an image of another site", { "sec-fetch-site": "cross-site" }],
    ["a proxy", { "x-forwarded-for": "203.0.113.5" }],
  ] as const)("is unknown to %s", async ([, headers], { serve }) => {
    const { client } = await serve(new TestLink({ id: "a" }), { neverOwn: true });
    expect((await client.get("/v1/models", { key: wellKnown, headers })).status).toBe(401);
    expect((await client.get(`/v1/models?key=${wellKnown}`, { key: null, headers })).status).toBe(401);
  });

  test("goes on for a page that may call Hearth", async ({ serve }) => {
    const origin = "http://localhost:3000";
    const { client } = await serve(new TestLink({ id: "a" }), { neverOwn: true, cors: { origins: [origin] } });
    const headers = { origin, "sec-fetch-site": "cross-site" };
    expect((await client.get("/v1/models", { key: wellKnown, headers })).status).toBe(200);
  });

  test("is unknown where other machines reach Hearth, whatever a changed file says of the address", async ({
    serve,
  }) => {
    const { client, apply } = await serve(new TestLink({ id: "a" }), { neverOwn: true, address: "0.0.0.0" });
    expect((await client.get("/v1/models", { key: wellKnown })).status).toBe(401);
    apply(planFor({ address: "0.0.0.0" }));
    expect((await client.get("/v1/models", { key: wellKnown })).status).toBe(401);
  });
});

describe("roles", () => {
  const keys = [keyOf("prometheus", { role: "metrics" }), keyOf("ann"), keyOf("boss", { role: "admin" })];

  test("a key for metrics reads those and uses no model", async ({ serve }) => {
    const { client } = await serve(new TestLink({ id: "a" }), { keys, metrics: "never" });
    const status = async (path: string, key: string | null) => (await client.get(path, { key })).status;
    expect(await status("/metrics", "prometheus")).toBe(200);
    expect(await status("/metrics", "boss")).toBe(200);
    expect(await status("/metrics", "ann")).toBe(403);
    expect(await status("/metrics", null)).toBe(401);
    expect((await client.get("/v1/models", { key: "prometheus" })).json.error.code).toBe("role_not_allowed");
    expect((await client.chat("a", {}, { key: "prometheus" })).json.error.code).toBe("role_not_allowed");
  });

  test("programs of this machine read the metrics without a key, and a proxy's clients do not", async ({ serve }) => {
    const { client, apply } = await serve(new TestLink({ id: "a" }), { keys });
    const passedOn = { key: null, headers: { "x-forwarded-for": "203.0.113.5" } };
    expect((await client.get("/metrics", { key: null })).status).toBe(200);
    expect((await client.get("/metrics", passedOn)).status).toBe(401);
    apply(planFor({ metrics: "always" }));
    expect((await client.get("/metrics", passedOn)).status).toBe(200);
  });

  test.skipIf(outer === undefined)("another machine needs a key for the metrics", async ({ serve }) => {
    const { origin } = await serve(new TestLink({ id: "a" }), { keys, address: "0.0.0.0" });
    const other = new HearthClient(origin.replace("127.0.0.1", outer!));
    expect((await other.get("/metrics", { key: null })).status).toBe(401);
    expect((await other.get("/metrics", { key: "prometheus" })).status).toBe(200);
    await other.disconnect();
  });
});

test("many wrong keys are told to wait, and a right one of the same address never is", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }), { keys: [keyOf("ann")] });
  for (let count = 0; count < 10; count++) {
    expect((await client.get("/v1/models", { key: `wrong-${count}` })).status).toBe(401);
  }
  const slowed = await client.chat("a", {}, { key: "wrong" });
  expect([slowed.status, slowed.json.error.code]).toEqual([429, "rate_limit_exceeded"]);
  expect(Number(slowed.headers["retry-after"])).toBeGreaterThan(0);
  expect((await client.get("/v1/models", { key: "ann" })).status).toBe(200);
  expect((await client.get("/v1/models", { key: null })).status).toBe(401);
});
