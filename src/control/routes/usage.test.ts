import { text } from "node:stream/consumers";
import { request } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ControlServer, startControl } from "../../../test/support/control/control-server.ts";
import { requestRecord } from "../../../test/support/gateway/request-record.ts";
import { dayOf } from "../../domain/usage.ts";

let control: ControlServer;
beforeEach(async () => {
  control = await startControl();
  const at = Date.now() / 1000;
  const tokens = { in: 10, out: 20, cached: 4, reasoning: 5, estimated: false };
  control.store.requests.add(requestRecord({ id: "1", key: "ann", at, tokens, machineMs: 3_600_000 }));
  control.store.requests.add(requestRecord({ id: "2", key: "=bob", at, tokens, machineMs: 0 }));
});
afterEach(() => control.close());

const today = dayOf(Date.now() / 1000);

test("what each key used, with seconds, energy and money, and all of them together", async () => {
  const { status, json } = await control.get("/usage");
  expect(status).toBe(200);
  expect(json).toMatchObject({ to: today, by: ["key"], currency: "EUR" });
  expect(json.rows).toMatchObject([
    { key: "=bob", requests: 1, money: 0 },
    { key: "ann", tokensIn: 10, tokensOut: 20, tokensCached: 4, tokensReasoning: 5, machineSeconds: 3600 },
  ]);
  // 100 watts for an hour at 0.30 a kilowatt-hour.
  expect(json.rows[1].kilowattHours).toBeCloseTo(0.1);
  expect(json.rows[1].money).toBeCloseTo(0.03);
  expect(json.total).toMatchObject({ requests: 2, tokensOut: 40, waitMs: { p50: expect.any(Number) } });
});

test("a period without a request is empty, not an error", async () => {
  const { json } = await control.get("/usage?from=2001-01-01&to=2001-01-02&by=day,model");
  expect(json).toMatchObject({ rows: [], total: { requests: 0 }, by: ["day", "model"] });
});

test.each(["by=colour", "from=yesterday", "to=2026-02-30", "by=", "key="])("%s is refused", async (query) => {
  expect(await control.get(`/usage?${query}`)).toMatchObject({
    status: 400,
    json: { error: { code: "invalid_request" } },
  });
});

test("both tables can be had for spreadsheets, where no name is a formula", async () => {
  const usage = await text((await control.open("/usage.csv?by=key")).body);
  const [head, ...lines] = usage.trimEnd().split("\r\n");
  expect(head).toMatch(/^key,requests,failed,.*machineSeconds,.*money,waitMs\.p50/);
  expect(lines.map((line) => line.split(",").slice(0, 2))).toEqual([
    ["'=bob", "1"],
    ["ann", "1"],
  ]);
  const requests = await control.open("/requests.csv?key=ann");
  expect(requests.headers["content-type"]).toBe("text/csv; charset=utf-8");
  const [names, line, ...rest] = (await text(requests.body)).trimEnd().split("\r\n");
  expect(rest).toEqual([]);
  const cells = line!.split(",");
  expect(cells[names!.split(",").indexOf("tokens.reasoning")]).toBe("5");
});

test("a person's key sees its own part and no other", async () => {
  const own = async (path: string, name: string) => {
    const { body, statusCode } = await request(control.url(path), { headers: { authorization: `Bearer ${name}` } });
    return { statusCode, json: (await body.json()) as { rows: unknown[]; requests: { id: string }[] } };
  };
  expect((await own("/me/usage?by=key", "ann")).json.rows).toMatchObject([{ key: "ann" }]);
  expect((await own("/me/requests", "ann")).json.requests.map(({ id }) => id)).toEqual(["1"]);
  expect((await own("/me/usage?key=bob", "ann")).statusCode).toBe(400);
  expect((await own("/usage", "ann")).statusCode).toBe(403);
  expect((await own("/requests.csv", "ann")).statusCode).toBe(403);
});
