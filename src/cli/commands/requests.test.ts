import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hearthCli } from "../../../test/support/cli.ts";
import { requestRecord } from "../../../test/support/gateway/request-record.ts";

const long = "a-model-whose-name-goes-on-and-on-fp4";
const guess = { in: 99_900, out: 99_900, cached: 0, reasoning: 0, estimated: true };
const records = [
  requestRecord({ key: "a key with a very long name", modelServed: long, status: 503, problem: "insufficient_memory" }),
  requestRecord({ key: null, modelAsked: null, modelServed: null, status: 401, waitMs: null, totalMs: 1_234_567 }),
  requestRecord({ key: long, waitMs: 1_234_567, totalMs: 9_234_567, tokens: guess }),
];
let asked: string | undefined;
const server = createServer((request, response) => {
  asked = request.url;
  response.end(JSON.stringify({ requests: records }));
});
let env: Record<string, string>;

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  env = { HEARTH_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, HEARTH_API_KEY: "KEY" };
});
afterAll(() => void server.close());

test("the last requests fit into eighty columns, whatever people call things", async () => {
  const { code, out } = await hearthCli(["requests"], { env });
  expect([code, asked]).toEqual([0, "/hearth/v1/requests?limit=20"]);
  expect(out).toMatch(/a key wit… {2}a-model-whos… {2}503 insuff…/);
  expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("as JSON they are whole, and filters are passed on", async () => {
  const { out } = await hearthCli(["requests", "--json", "--key", "ann b", "--model", "m", "--limit", "5"], { env });
  expect(JSON.parse(out)).toEqual(records);
  expect(asked).toBe("/hearth/v1/requests?limit=5&key=ann+b&model=m");
});
