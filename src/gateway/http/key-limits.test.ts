import { describe, expect } from "vitest";
import { keyOf, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { until } from "../../../test/support/until.ts";
import { dayOf } from "../../domain/usage.ts";

const hello = [{ role: "user" as const, content: "hello" }];
const today = dayOf(Date.now() / 1000);

function answering(usage: object) {
  return (_body: Buffer, _request: unknown, response: { end(text: string): void }) =>
    response.end(JSON.stringify({ choices: [{ message: { role: "assistant", content: "hi" } }], usage }));
}

const usage = { prompt_tokens: 60, completion_tokens: 50 };

describe("a limit of requests", () => {
  test("answers 429 in OpenAI's shape, with its headers and when to come again", async ({ serve, stub }) => {
    const engine = await stub(answering(usage));
    const link = new TestLink({ id: "a" });
    link.engine("a", engine.origin);
    const { client } = await serve(link, { keys: [keyOf("kid", { limits: { requestsPerMinute: 2 } })] });
    const first = await client.chat("a", {}, { key: "kid" });
    expect(first).toMatchObject({ status: 200, headers: { "x-ratelimit-limit-requests": "2" } });
    expect(first.headers["x-ratelimit-remaining-requests"]).toBe("1");
    expect(first.headers["x-ratelimit-reset-requests"]).toMatch(/^(?:1m)?\d+s$/);
    await client.chat("a", {}, { key: "kid" });
    const { status, headers, json } = await client.chat("a", {}, { key: "kid" });
    expect([status, json.error.type, json.error.code]).toEqual([429, "rate_limit_error", "rate_limit_exceeded"]);
    expect(json.error.message).toContain("2 requests a minute");
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    expect(Number(headers["retry-after"])).toBeLessThanOrEqual(61);
    expect(headers["x-ratelimit-remaining-requests"]).toBe("0");
    expect(engine.seen).toHaveLength(2);
    expect((await client.chat("a")).status).toBe(200);
  });

  test("and in Anthropic's", async ({ serve, stub }) => {
    const engine = await stub(answering(usage));
    const link = new TestLink({ id: "a" });
    link.engine("a", engine.origin);
    const limits = { requestsPerMinute: 1, tokensPerDay: 1000 };
    const { client } = await serve(link, { keys: [keyOf("kid", { limits })] });
    const ask = () => client.post("/v1/messages", { model: "a", max_tokens: 5, messages: hello }, { key: "kid" });
    await ask();
    const { status, headers, json } = await ask();
    expect([status, json.type, json.error.type]).toEqual([429, "error", "rate_limit_error"]);
    expect(headers["anthropic-ratelimit-requests-limit"]).toBe("1");
    expect(headers["anthropic-ratelimit-requests-remaining"]).toBe("0");
    expect(Date.parse(String(headers["anthropic-ratelimit-requests-reset"]))).toBeGreaterThan(Date.now() - 1000);
    expect(headers["anthropic-ratelimit-tokens-remaining"]).toBe("890");
    expect(headers["retry-after"]).toBeDefined();
    expect(headers["x-ratelimit-limit-requests"]).toBeUndefined();
  });

  test("of requests at once counts those that wait, and frees their place when they leave", async ({ serve }) => {
    const link = new TestLink({ id: "a" });
    const { client } = await serve(link, { keys: [keyOf("kid", { limits: { concurrent: 1 } })] });
    const leave = new AbortController();
    const waits = client.chat("a", {}, { key: "kid", signal: leave.signal }).catch(() => {});
    await until("it waits", () => link.asked.length === 1);
    expect(await client.chat("a", {}, { key: "kid" })).toMatchObject({ status: 429 });
    leave.abort();
    await waits;
    await until("its place is free", () => link.asked[0]!.released !== null);
    const again = client.chat("nosuch", {}, { key: "kid" });
    expect((await again).status).toBe(404);
  });
});

describe("a limit of tokens", () => {
  test("counts prompts and answers as the engine does, and what was used before a restart", async ({ serve, stub }) => {
    const engine = await stub(answering(usage));
    const link = new TestLink({ id: "a" });
    link.engine("a", engine.origin);
    const { client } = await serve(link, {
      keys: [keyOf("kid", { limits: { tokensPerDay: 1200 } })],
      spent: [{ key: "kid", day: today, tokens: 1000 }],
    });
    const answers = [];
    for (let index = 0; index < 3; index += 1) answers.push(await client.chat("a", {}, { key: "kid" }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[2]!.json.error).toMatchObject({ code: "quota_exceeded", limit: "tokensPerDay" });
    expect(answers[2]!.headers["x-ratelimit-remaining-tokens"]).toBe("0");
    expect(answers[0]!.headers["x-ratelimit-remaining-tokens"]).toBe("200");
  });
});

test("a key that has expired says so, whatever it was for", async ({ serve }) => {
  const keys = [keyOf("old", { role: "admin", expires: "2020-01-01" }), keyOf("new", { expires: "2999-01-01" })];
  const { client } = await serve(new TestLink({ id: "a" }), { keys });
  const { status, json } = await client.get("/v1/models", { key: "old" });
  expect([status, json.error.code]).toEqual([401, "invalid_api_key"]);
  expect(json.error.message).toContain("2020-01-01");
  expect((await client.get("/v1/models", { key: "new" })).status).toBe(200);
});

test("outside of its hours a key is told when it may be used again", async ({ serve }) => {
  // Tomorrow, from an hour to the next: never now.
  const day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][(new Date().getDay() + 2) % 7];
  const { client } = await serve(new TestLink({ id: "a" }), { keys: [keyOf("kid", { hours: `${day} 10:00-11:00` })] });
  const { status, headers, json } = await client.chat("a", {}, { key: "kid" });
  expect([status, json.error.code]).toEqual([429, "outside_hours"]);
  expect(Number(headers["retry-after"])).toBeGreaterThan(3600);
});

test("a key is held to what it may use models for", async ({ serve, stub }) => {
  const engine = await stub(answering(usage));
  const link = new TestLink({ id: "a", capabilities: ["chat", "vision", "tools", "embeddings"] });
  link.engine("a", engine.origin);
  const { client } = await serve(link, { keys: [keyOf("kid", { capabilities: ["chat"] })] });
  const tools = [{ type: "function", function: { name: "f", parameters: {} } }];
  const url = "data:image/png;base64,iVBORw0KGgo=";
  const picture = [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }];
  const ask = async (path: string, body: object) => client.post(path, { model: "a", ...body }, { key: "kid" });
  expect((await ask("/v1/chat/completions", { messages: hello })).status).toBe(200);
  for (const [path, body, beyond] of [
    ["/v1/chat/completions", { messages: hello, tools }, "tools"],
    ["/v1/chat/completions", { messages: picture }, "vision"],
    ["/v1/embeddings", { input: "a" }, "embeddings"],
  ] as const) {
    const { status, json } = await ask(path, body);
    expect([status, json.error.code, json.error.capability]).toEqual([403, "capability_not_allowed", beyond]);
  }
  expect(engine.seen).toHaveLength(1);
});

test("a key may have its waits told as thoughts where others have them told in comments", async ({ serve }) => {
  const link = new TestLink({ id: "a" });
  const { client, origin } = await serve(link, { keys: [keyOf("kid", { showWaiting: "thinking" }), keyOf("ann")] });
  const heard = async (key: string) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const body = JSON.stringify({ model: "a", stream: true, messages: hello });
    const answer = await fetch(`${origin}/v1/chat/completions`, { method: "POST", headers, body });
    const reader = answer.body!.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    return Buffer.from(value!).toString();
  };
  expect(await heard("kid")).toContain("Waiting for a: loading");
  expect(await heard("ann")).toMatch(/^: /);
  expect((await client.get("/v1/models", { key: "kid" })).status).toBe(200);
});
