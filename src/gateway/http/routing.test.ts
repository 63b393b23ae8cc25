/** What clients are answered at addresses that somebody has typed, and with a key that stands in one. */
import { expect } from "vitest";
import { keyOf, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";

const body = JSON.stringify({ model: "a", messages: [{ role: "user", content: "hi" }] });
const answer = '{"choices":[{"message":{"content":"yes"},"finish_reason":"stop"}]}';

test("a chat is served wherever its address leads, and its engine sees its own route", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => response.end(answer));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  for (const path of [
    "/chat/completions",
    "/v1/v1/chat/completions/",
    "/openai/v1/chat/completions?x=1",
    "/v1//a/chat/completions",
  ]) {
    expect([path, (await client.send(path, { method: "POST", body })).status]).toEqual([path, 200]);
  }
  expect(engine.seen.map(({ request }) => request.url)).toEqual([
    "/v1/chat/completions",
    "/v1/chat/completions",
    "/v1/chat/completions?x=1",
    "/v1/chat/completions",
  ]);
  for (const path of ["/models", "/v1/models/", "/v1/v1/models", "/api/models"]) {
    expect([path, (await client.get(path)).json.data[0].id]).toEqual([path, "a"]);
  }
  expect((await client.get("/v1/api/tags")).json.models[0].name).toBe("a");
  expect((await client.send("/models/", { method: "HEAD" })).status).toBe(200);
});

test("a refusal at such an address speaks the language of the route that is meant", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }));
  expect((await client.post("/messages", "{")).json).toMatchObject({ type: "error", error: { code: "invalid_json" } });
  expect(typeof (await client.post("/v1/api/chat", "{")).json.error).toBe("string");
  expect((await client.get("/chat/completions")).json.error).toMatchObject({ code: "method_not_allowed" });
  expect((await client.get("/models", { key: null })).status).toBe(401);
});

test("what cannot be served says what was probably meant", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }));
  for (const [method, path, meant] of [
    ["POST", "/v1/chat", "/v1/chat/completions"],
    ["POST", "/v2/chat/completions", "/v1/chat/completions"],
    ["POST", "/api/generat", "/api/generate"],
    ["GET", "/tags", "/api/tags"],
    ["GET", "/v1/modles", "/v1/models"],
  ] as const) {
    const { status, text } = await client.send(path, { method, ...(method === "POST" ? { body } : {}) });
    expect([path, status]).toEqual([path, 404]);
    expect(text).toContain(`Did you mean ${method} ${meant}?`);
  }
});

test("a key in the path opens every API, and is told to nobody", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => response.end(answer));
  const link = new TestLink({ id: "a" }, { id: "b" });
  link.engine("a", engine.origin);
  const { client } = await serve(link, { keys: [keyOf("p&th=key", { models: ["a"] })] });
  const base = `/k/${encodeURIComponent("p&th=key")}`;
  const open = { key: null };
  for (const path of ["/v1/chat/completions", "/chat/completions", "/v1/a/chat/completions", "/api/chat"]) {
    expect([path, (await client.send(base + path, { method: "POST", body, ...open })).status]).toEqual([path, 200]);
  }
  const contents = JSON.stringify({ contents: [{ parts: [{ text: "hi" }] }] });
  const google = await client.send(`${base}/v1beta/models/a:generateContent`, {
    method: "POST",
    body: contents,
    ...open,
  });
  expect(google.status).toBe(200);
  const { json } = await client.get(`${base}/v1/models`, open);
  expect(json.data.map(({ id }: { id: string }) => id)).toEqual(["a"]);
  for (const { request } of engine.seen) {
    expect(JSON.stringify([request.url, request.rawHeaders])).not.toContain("p&th");
    expect(request.url).not.toContain("/k/");
  }
  // What a client fills in by default does no harm beside it.
  expect((await client.get(`${base}/api/tags`, { key: "ollama" })).status).toBe(200);
});

test("a wrong key in the path is refused without being repeated", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }));
  for (const path of ["/v1/models", "/nowhere", "/v1/models/x", "/api/version", "/v1/%zz"]) {
    const { status, text, headers } = await client.get(`/k/wrong-secret${path}`, { key: null });
    expect([path, status >= 400]).toEqual([path, true]);
    expect(text + JSON.stringify(headers)).not.toContain("wrong-secret");
  }
});
