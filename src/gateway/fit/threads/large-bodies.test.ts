import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { validBodies } from "../../../../test/support/dialects/valid-bodies.ts";
import { Problem } from "../../../domain/problem.ts";
import { understandBody } from "../../body/request-body.ts";
import type { RelayRoute } from "../../dialects/api.ts";
import { relayedAt, relayRoutes } from "../../dialects/relayed.ts";
import { type Told, type Translated, translate } from "../translate.ts";
import { LargeBodies, scannedAtOnce, translatedAtOnce } from "./large-bodies.ts";

const large = new LargeBodies();
afterAll(() => large.close());

const chat = relayedAt("/v1/chat/completions", "")!.route;
const type = "application/json";
const bodyOf = (bytes: number) =>
  Buffer.from(JSON.stringify({ stream: true, messages: [{ role: "user", content: "x".repeat(bytes) }], model: "a" }));

test("a body is understood in a thread as it is at once, and keeps its bytes", async () => {
  const bytes = bodyOf(scannedAtOnce);
  const expected = understandBody(chat, type, Buffer.from(bytes));
  const found = await large.understand(chat, type, bytes);
  expect(bytes.length).toBe(0);
  expect(found.bytes.equals(expected.bytes)).toBe(true);
  expect({ ...found, bytes: null }).toEqual({ ...expected, bytes: null });
});

test("small bodies are not moved", async () => {
  const bytes = bodyOf(1000);
  expect((await large.understand(chat, type, bytes)).bytes).toBe(bytes);
});

test.each([
  ["not JSON", Buffer.alloc(scannedAtOnce + 1, "["), "invalid_request"],
  ["broken at its end", bodyOf(scannedAtOnce).subarray(0, -1), "invalid_json"],
  ["without an object", Buffer.from(`"${"x".repeat(scannedAtOnce)}"`), "invalid_request"],
])("a body that is %s is refused as small ones are", async (_, bytes, code) => {
  const refused = await large.understand(chat, type, Buffer.from(bytes)).catch((error) => error.problem);
  expect(refused).toMatchObject({ code, message: expect.stringMatching(/500 levels|line 1, column|not an object/) });
});

const translated = relayRoutes.filter(({ translation }) => translation !== null);

function toldOf(told: Told): Translated {
  if (told === null || told instanceof Problem) expect.unreachable("it is translated");
  return told;
}

test("a body that cannot be translated comes back, with the reason", async () => {
  const messages = relayedAt("/v1/messages", "")!.route;
  const bytes = bodyOf(translatedAtOnce);
  const text = bytes.toString().replace('"stream":true', '"stream":7');
  const { body, told } = await large.translate(messages, understandBody(messages, type, Buffer.from(text)));
  expect(body.bytes.toString()).toBe(text);
  expect(told).toMatchObject({ problem: { code: "invalid_request", param: "stream" } });
});

test.each(translated)("$path is translated in a thread as it is at once", async (route: RelayRoute) => {
  const valid = (validBodies as Record<string, object>)[route.path]!;
  // Space between members means nothing, and makes it large.
  const text = JSON.stringify(valid).replace("{", `{${" ".repeat(translatedAtOnce)}`);
  const body = understandBody(route, type, Buffer.from(text));
  const { call: expected, ...asked } = toldOf(translate(route, Buffer.from(text)));
  const { body: after, told: moved } = await large.translate(route, body);
  const { call, ...movedAsked } = toldOf(moved);
  expect(after.bytes.toString()).toBe(text);
  expect(movedAsked).toEqual(asked);
  expect([call.path, call.query, call.body.bytes.toString()]).toEqual([
    expected.path,
    expected.query,
    expected.body.bytes.toString(),
  ]);
  expect(call.body.fields).toEqual(expected.body.fields);
  expect(call.answer).toBeTypeOf("function");
});

test("many members are looked at in a thread, too, and refused in the same words", async () => {
  const route = relayedAt("/v1/responses", "")!.route;
  const bytes = Buffer.from(`{"model":"a","input":[${Array(190_000).fill(0).join(",")}]}`);
  const expected = translate(route, bytes);
  let turns = 0;
  const turning = setInterval(() => turns++, 1);
  const { told } = await large.translate(route, understandBody(route, type, Buffer.from(bytes)));
  clearInterval(turning);
  expect(turns).toBeGreaterThan(0);
  expect(told).toEqual(expected);
  expect(told).toMatchObject({ problem: { code: "invalid_request", param: "input[0]" } });
});

test("the loop turns while a body is read, and whoever comes when too many wait is told to come again", async () => {
  const many = Array.from({ length: 60 }, () =>
    large.understand(chat, type, bodyOf(scannedAtOnce)).then(
      () => "read",
      (error) => error.problem.code,
    ),
  );
  let turns = 0;
  const all = Promise.all(many).finally(() => {
    turns = -turns;
  });
  while (turns >= 0) {
    await nextTurn();
    if (turns >= 0) turns += 1;
  }
  expect(-turns).toBeGreaterThan(10);
  const outcomes = await all;
  expect(new Set(outcomes)).toEqual(new Set(["read", "server_busy"]));
});
