import { expect } from "vitest";
import { engineStream, said } from "../../../test/support/dialects/engine-stream.ts";
import { keyOf, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";

const google = { headers: { "x-goog-api-key": "ann" }, key: null };
const keys = [keyOf("ann")];
const ask = { contents: [{ parts: [{ text: "hi" }] }] };
const open = { method: "POST", body: JSON.stringify(ask), ...google };
const whole = '{"choices":[{"message":{"content":"yes"},"finish_reason":"stop"}]}';

test("the model stands in the path, slashes and colons and all, and the key never reaches the engine", async ({
  serve,
  stub,
}) => {
  const engine = await stub((_, __, response) => void response.end(whole));
  const link = new TestLink({ id: "org/a:7b" });
  link.engine("org/a:7b", engine.origin);
  const { client } = await serve(link, { keys });
  for (const model of ["org/a:7b", "org%2Fa%3A7b"]) {
    for (const version of ["v1", "v1beta"]) {
      const { json } = await client.post(`/${version}/models/${model}:generateContent?key=ann`, ask, google);
      expect(json.candidates[0].content.parts).toEqual([{ text: "yes" }]);
    }
  }
  expect(engine.seen).toHaveLength(4);
  const byQuery = await client.post("/v1beta/models/org/a:7b:generateContent?key=ann", ask, { key: null });
  expect(byQuery.status).toBe(200);
  for (const { request } of engine.seen) {
    expect(request.url).toBe("/v1/chat/completions");
    expect(request.rawHeaders).not.toContain("ann");
  }
});

test("on a path that several APIs have, Google's header gets Google's answer", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "org/a" }), { keys });
  for (const version of ["v1", "v1beta"]) {
    const { json } = await client.get(`/${version}/models`, google);
    expect(json.models).toMatchObject([{ name: "models/org/a", inputTokenLimit: 8192 }]);
    expect((await client.get(`/${version}/models/org/a`, google)).json.name).toBe("models/org/a");
    expect((await client.get(`/${version}/models/b`, google)).json.error.status).toBe("NOT_FOUND");
  }
  expect((await client.get("/v1/models")).json).toMatchObject({ object: "list", data: [{ id: "org/a" }] });
  expect((await client.get("/v1/models/b")).json.error.code).toBe("model_not_found");
});

test("every refusal is in Google's words", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }), { keys });
  for (const [answer, status] of [
    [await client.post("/v1beta/models/a:generateContent", ask, { key: null }), "UNAUTHENTICATED"],
    [await client.post("/v1beta/models/a:generateContent", "{", google), "INVALID_ARGUMENT"],
    [await client.post("/v1beta/models/%zz:generateContent", ask, google), "INVALID_ARGUMENT"],
    [await client.post("/v1/models/zzz:streamGenerateContent", ask, google), "NOT_FOUND"],
    [await client.post("/v1beta/models/a:countTokens", {}, google), "INVALID_ARGUMENT"],
    [await client.post("/v1beta/models/a:fly", ask, google), "NOT_FOUND"],
    [await client.post("/v1beta/cachedContents", ask, google), "NOT_FOUND"],
  ] as const) {
    expect(answer.json.error.status).toBe(status);
    expect(answer.json.error.code).toBe(answer.status);
  }
});

test("tokens are counted for both forms of the request, without starting the model", async ({ serve }) => {
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link, { keys });
  for (const body of [ask, { generateContentRequest: { model: "models/a", ...ask } }]) {
    const { json, headers } = await client.post("/v1beta/models/a:countTokens", body, google);
    expect(json.totalTokens).toBeGreaterThan(1);
    expect(headers).toMatchObject({ "x-hearth-token-count": "estimate", "x-hearth-model": "a" });
  }
  expect(link.asked).toEqual([]);
});

test("who waits for a stream of events reads whole empty events until the first word", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link, { keys });
  const stream = await client.open("/v1beta/models/a:streamGenerateContent?alt=sse", open);
  await stream.until("two signs of life", ({ text }) => text.length >= 4);
  expect([stream.headers["content-type"], stream.text.replaceAll("\n\n", "")]).toEqual([
    "text/event-stream; charset=utf-8",
    "",
  ]);
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).end(engineStream([said.text("half")]).join(""));
  });
  link.engine("a", engine.origin);
  expect(await stream.ended).not.toBe("whole");
  const events = stream.text.split("\n\n").filter(Boolean);
  expect(events.map((event) => JSON.parse(event.replace(/^data: /, "")))).toMatchObject([
    { candidates: [{ content: { parts: [{ text: "half" }] } }] },
    { error: { code: 502, status: "INTERNAL", message: expect.stringContaining("not complete") } },
  ]);
});

test("who waits for an array reads white space, and the whole is one JSON array", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link, { keys });
  const stream = await client.open("/v1beta/models/a:streamGenerateContent", open);
  await stream.until("a sign of life", ({ text }) => text.length > 0);
  const engine = await stub((_, __, response) => {
    const events = engineStream([said.text("one"), said.text("two"), said.finish("stop")]);
    response.writeHead(200, { "content-type": "text/event-stream" }).end(events.join(""));
  });
  link.engine("a", engine.origin);
  expect(await stream.ended).toBe("whole");
  expect(stream.headers["content-type"]).toMatch(/^application\/json/);
  const texts = JSON.parse(stream.text).map(
    (piece: { candidates: { content: { parts: { text: string }[] } }[] }) =>
      piece.candidates[0]?.content.parts[0]?.text,
  );
  expect(texts).toEqual(["one", "two", ""]);
});
