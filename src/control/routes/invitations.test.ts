import { createHash } from "node:crypto";
import { request } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ControlServer, startControl } from "../../../test/support/control/control-server.ts";
import { hashSecret } from "../../config/secret-hash.ts";
import { Invitations } from "../invitations.ts";

let control: ControlServer;
beforeEach(async () => {
  control = await startControl();
});
afterEach(() => control.close());

async function page(method: "GET" | "POST", path: string) {
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const { statusCode, headers, body } = await request(control.origin + path, {
    ...{ method, dispatcher: control.agent, headers: method === "POST" ? form : {} },
    body: method === "POST" ? "" : null,
  });
  return { status: statusCode, headers, html: await body.text() };
}

const secretIn = (html: string) => /sk-hearth-[\w-]{32}/.exec(html)?.[0];
const wanted = { name: "ann", models: ["small*"], limits: { tokensPerDay: 1000 }, minutes: 10 };

test("an invitation becomes a key when its button is pressed, once; to look at it uses nothing up", async () => {
  const { status, json } = await control.post("/invitations", wanted);
  expect([status, json.invitation.name, json.invitation.by]).toEqual([201, "ann", "admin"]);
  for (let look = 0; look < 3; look += 1) {
    const { status: seen, html } = await page("GET", json.path);
    expect([seen, secretIn(html)]).toEqual([200, undefined]);
    expect(html).toContain('<form method="post">');
  }
  expect(control.store.keys.list()).toEqual([]);
  const { html } = await page("POST", json.path);
  const secret = secretIn(html)!;
  expect(html).toContain(`${control.origin}/v1`);
  const key = control.store.keys.findByHash(hashSecret(secret));
  expect(key).toMatchObject({ name: "ann", models: ["small*"], limits: { tokensPerDay: 1000 }, createdBy: "admin" });
  for (const method of ["GET", "POST"] as const) {
    const again = await page(method, json.path);
    expect([again.status, secretIn(again.html)]).toEqual([404, undefined]);
  }
  const { entries } = (await control.get("/audit")).json;
  expect(entries.map(({ act, target }: Record<string, unknown>) => [act, target])).toEqual([
    ["acceptInvitation", "ann"],
    ["invite", "ann"],
  ]);
  expect(JSON.stringify(entries)).not.toContain(secret);
});

test("of two who press at once one gets the key", async () => {
  const { json } = await control.post("/invitations", wanted);
  const both = await Promise.all([page("POST", json.path), page("POST", json.path)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
  expect(control.store.keys.list()).toHaveLength(1);
});

test("one that is withdrawn, or was never made, says that it is over", async () => {
  const { json } = await control.post("/invitations", wanted);
  expect((await control.get("/invitations")).json.invitations).toMatchObject([{ name: "ann" }]);
  expect((await control.delete("/invitations/ann")).status).toBe(200);
  expect((await page("POST", json.path)).status).toBe(404);
  expect((await page("GET", "/invite/anything")).html).toContain("This invitation is over");
  expect((await control.delete("/invitations/ann")).status).toBe(400);
});

test("a name that is taken or invited already is refused, and one that was taken meanwhile leaves it open", async () => {
  const { json } = await control.post("/invitations", wanted);
  expect(await control.post("/invitations", wanted)).toMatchObject({ status: 400, json: { error: { param: "name" } } });
  await control.post("/keys", { name: "ann" });
  const { status, html } = await page("POST", json.path);
  expect([status, secretIn(html)]).toEqual([400, undefined]);
  await control.delete("/keys/ann");
  expect(secretIn((await page("POST", json.path)).html)).toBeDefined();
  expect((await control.post("/invitations", wanted)).status).toBe(400);
});

test("the page runs nothing, loads nothing, is kept nowhere, and shows names as they are", async () => {
  const { json } = await control.post("/invitations", { ...wanted, name: '<script>alert("x")</script>' });
  const { headers, html } = await page("GET", json.path);
  const style = /<style>(.*)<\/style>/s.exec(html)![1]!;
  const hash = createHash("sha256").update(style).digest("base64");
  expect(headers["content-security-policy"]).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
  expect(headers).toMatchObject({ "cache-control": "no-store", "referrer-policy": "no-referrer" });
  expect(html).not.toContain("<script");
  expect(html).toContain("&lt;script&gt;");
});

test("an invitation ends with its time", () => {
  let now = 100;
  const invitations = new Invitations(() => now);
  const settings = { name: "ann", models: ["*"], priority: "interactive", role: "user" } as const;
  const code = invitations.add({ settings: { ...settings, models: ["*"] }, by: "", expiresAt: 160 });
  now = 159;
  expect(invitations.find(code)).not.toBeNull();
  now = 160;
  expect([invitations.find(code), invitations.list()]).toEqual([null, []]);
});
