import { expect } from "vitest";
import { keyOf, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { testKey } from "../../../test/support/hearth-client.ts";
import { until } from "../../../test/support/until.ts";
import type { RequestRecord } from "../../domain/request-record.ts";

const secret = "a sentence that must not be kept";
const messages = [{ role: "user", content: secret }];

test("a request that was served leaves who asked what, how long it took and how much passed", async ({
  serve,
  stub,
}) => {
  const records: RequestRecord[] = [];
  const answer = JSON.stringify({ choices: [], of: secret });
  const engine = await stub((_, __, response) => response.end(answer));
  const link = new TestLink({ id: "a", aliases: ["short"] });
  link.engine("a", engine.origin);
  const { client } = await serve(link, { records, keys: [keyOf("ann")] });
  const body = JSON.stringify({ model: "short", messages });
  const { headers } = await client.post("/v1/chat/completions", body, { key: "ann" });
  const [record] = records;
  expect(record).toEqual({
    id: headers["x-request-id"],
    at: expect.closeTo(Date.now() / 1000, -1),
    ...{ key: "ann", api: "OpenAI", route: "/v1/chat/completions", modelAsked: "short", modelServed: "a" },
    ...{ status: 200, problem: null, streaming: false, caused: null, fixups: [] },
    waitMs: expect.any(Number),
    ...{ loadMs: 0, machineMs: expect.any(Number), tokensPerSecond: expect.any(Number) },
    tokens: { in: expect.any(Number), out: expect.any(Number), cached: 0, reasoning: 0, estimated: true },
    firstByteMs: expect.any(Number),
    totalMs: expect.any(Number),
    requestBytes: Buffer.byteLength(body),
    answerBytes: Buffer.byteLength(answer),
  });
  expect(record!.firstByteMs).toBeGreaterThanOrEqual(record!.waitMs!);
  expect(record!.totalMs).toBeGreaterThanOrEqual(record!.firstByteMs!);
  expect(JSON.stringify(records)).not.toContain(secret);
});

test("a stream's bytes are counted, in whichever way they are passed", async ({ serve, stub }) => {
  const records: RequestRecord[] = [];
  const event = 'data: {"choices":[]}\n\n';
  const end = "data: [DONE]\n\n";
  const bytes = 3 * event.length + end.length;
  const engine = await stub((_, __, response) => {
    response.setHeader("content-type", "text/event-stream");
    for (let index = 0; index < 3; index += 1) response.write(event);
    response.end(end);
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link, { records });
  await client.chat("a", { stream: true });
  expect(records).toMatchObject([{ streaming: true, status: 200 }]);
  // Passed on as chunks, they carry their length.
  expect(records[0]!.answerBytes).toBeGreaterThanOrEqual(bytes);
  expect(records[0]!.answerBytes).toBeLessThan(bytes + 60);
});

test("a refused request leaves as much as was known of it, and why", async ({ serve }) => {
  const records: RequestRecord[] = [];
  const { client } = await serve(new TestLink({ id: "a" }), { records, keys: [keyOf("kid", { models: ["none"] })] });
  await client.chat("a", {}, { key: "nobody's" });
  await client.chat("nosuch");
  await client.chat("a", {}, { key: "kid" });
  await client.post("/v1/messages", "{");
  await client.chat("x".repeat(500));
  const known = records.map(({ key, modelAsked, modelServed, problem }) => [key, modelAsked, modelServed, problem]);
  expect(known.slice(0, 3)).toEqual([
    [null, null, null, "invalid_api_key"],
    [expect.any(String), "nosuch", null, "model_not_found"],
    ["kid", "a", null, "model_not_found"],
  ]);
  expect(records[3]).toMatchObject({ api: "Anthropic", route: "/v1/messages", status: 400, problem: "invalid_json" });
  expect(records[4]!.modelAsked).toHaveLength(200);
  for (const { waitMs, firstByteMs } of records) expect([waitMs, firstByteMs]).toEqual([null, null]);
});

test("an answer that breaks off, and a client that leaves, say so", async ({ serve, stub }) => {
  const records: RequestRecord[] = [];
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: {}\n\n", () => response.destroy());
  });
  const link = new TestLink({ id: "a" }, { id: "waits" });
  link.engine("a", engine.origin);
  const { client } = await serve(link, { records });
  await client.chat("a", { stream: true }).catch(() => {});
  await until("a record", () => records.length === 1);
  expect(records[0]).toMatchObject({ status: 502, problem: "engine_failed", firstByteMs: expect.any(Number) });
  const leave = new AbortController();
  const left = client.chat("waits", {}, { signal: leave.signal }).catch(() => {});
  await until("it waits", () => link.asked.length === 2);
  leave.abort();
  await left;
  await until("the other one", () => records.length === 2);
  expect(records[1]).toMatchObject({ status: 499, problem: null, modelServed: "waits", waitMs: null });
});

test("a request says what had to be done for it", async ({ serve, stub }) => {
  const records: RequestRecord[] = [];
  const engine = await stub((_, __, response) => response.end("{}"));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin, { caused: "switch" });
  const { client } = await serve(link, { records });
  await client.chat("a");
  expect(records[0]!.caused).toBe("switch");
});

test("a corrected request names its corrections", async ({ serve, stub }) => {
  const records: RequestRecord[] = [];
  const engine = await stub((_, __, response) => response.end("{}"));
  const link = new TestLink({ id: "a", fixups: ["flatten-text"] });
  link.engine("a", engine.origin);
  const { client } = await serve(link, { records });
  await client.chat("a", { messages: [{ role: "user", content: [{ type: "text", text: "hi" }] }] });
  expect(records[0]!.fixups).toEqual(["flatten-text"]);
});

test("tokens are those that the engine counted, whole or streamed, and thoughts and the cache are told apart", async ({
  serve,
  stub,
}) => {
  const records: RequestRecord[] = [];
  const usage = {
    ...{ prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 },
    prompt_tokens_details: { cached_tokens: 64 },
    completion_tokens_details: { reasoning_tokens: 20 },
  };
  const engine = await stub((body, _, response) => {
    if (!JSON.parse(body.toString()).stream) return response.end(JSON.stringify({ choices: [], usage, timings: {} }));
    response.setHeader("content-type", "text/event-stream");
    response.write('data: {"choices":[{"delta":{"content":"\\"usage\\":{\\"prompt_tokens\\":1}"}}],"usage":null}\n\n');
    response.write(`data: ${JSON.stringify({ choices: [], usage })}\n\n`);
    return response.end("data: [DONE]\n\n");
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link, { records });
  await client.chat("a");
  await client.chat("a", { stream: true, stream_options: { include_usage: true } });
  const tokens = { in: 100, out: 50, cached: 64, reasoning: 20, estimated: false };
  expect(records.map((record) => record.tokens)).toEqual([tokens, tokens]);
});

test("where no engine has counted, there is an estimate that says so: also of a client that leaves in the middle", async ({
  serve,
  stub,
}) => {
  const records: RequestRecord[] = [];
  const event = 'data: {"choices":[{"delta":{"content":"word"}}]}\n\n';
  const engine = await stub((body, _, response) => {
    response.setHeader("content-type", "text/event-stream");
    for (let index = 0; index < 1000; index += 1) response.write(event);
    if (!body.includes("go on")) response.end("data: [DONE]\n\n");
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client, origin } = await serve(link, { records });
  await client.chat("a", { stream: true });
  expect(records[0]!.tokens!.estimated).toBe(true);
  expect(Math.abs(records[0]!.tokens!.out - 1000)).toBeLessThan(50);
  const body = JSON.stringify({ model: "a", stream: true, messages: [{ role: "user", content: "go on" }] });
  const headers = { authorization: `Bearer ${testKey}`, "content-type": "application/json" };
  const answer = await fetch(`${origin}/v1/chat/completions`, { method: "POST", headers, body });
  const reader = answer.body!.getReader();
  await reader.read();
  await reader.cancel();
  await until("its record", () => records.length === 2);
  expect(records[1]).toMatchObject({ status: 499, tokens: { estimated: true, in: Math.ceil(body.length / 4) } });
  expect(records[1]!.tokens!.out).toBeGreaterThan(0);
});

test("the load that a request waited for is told apart from its wait", async ({ serve, stub }) => {
  const records: RequestRecord[] = [];
  const engine = await stub((_, __, response) => response.end("{}"));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin, { caused: "load", loadMs: 1200 });
  const { client } = await serve(link, { records });
  await client.chat("a");
  expect(records[0]).toMatchObject({ caused: "load", loadMs: 1200 });
});
