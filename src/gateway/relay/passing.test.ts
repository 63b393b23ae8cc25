import { once } from "node:events";
import { connect } from "node:net";
import { expect } from "vitest";
import { test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { testKey } from "../../../test/support/hearth-client.ts";

test("a form passes byte for byte, its binary parts and its boundary included", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => response.end("{}"));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const boundary = "----a b'c";
  const type = `multipart/form-data; boundary="${boundary}"`;
  const sound = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 31) % 256));
  const body = Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="model"\r\n\r\na\r\n`),
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="x.wav"\r\n\r\n`),
    sound,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const { status } = await client.post("/v1/audio/transcriptions", body, { headers: { "content-type": type } });
  expect(status).toBe(200);
  expect(engine.seen[0]!.body.equals(body)).toBe(true);
  expect(engine.seen[0]!.request.headers["content-type"]).toBe(type);
});

test("no key, cookie, origin or hop-by-hop header reaches the engine; the rest does", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => response.end("{}"));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const secret = { "x-api-key": testKey, "api-key": "k", cookie: "c=1", origin: "http://localhost", prefer: "wait=9" };
  const mine = { "x-mine": "1", "user-agent": "me/1", "openai-beta": "x", "content-type": "text/plain" };
  const { headers } = await client.chat("a", {}, { key: null, headers: { ...secret, ...mine } });
  const got = engine.seen[0]!.request.headers;
  expect(JSON.stringify(engine.seen[0]!.request.rawHeaders)).not.toContain(testKey);
  for (const name of ["x-api-key", "api-key", "cookie", "origin", "prefer"]) expect(got[name]).toBeUndefined();
  expect(got).toMatchObject({ "x-mine": "1", "user-agent": "me/1", "openai-beta": "x" });
  expect(got).toMatchObject({ authorization: "Bearer engine-key", "content-type": "application/json" });
  expect(got["x-request-id"]).toBe(headers["x-request-id"]);
});

test("who the client is, and keys for others, stay here", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => response.end("{}"));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const names = [
    ...[
      "x-forwarded-for",
      "x-forwarded-host",
      "forwarded",
      "x-real-ip",
      "via",
      "referer",
      "cf-connecting-ip",
      "true-client-ip",
    ],
    ...["tailscale-user-login", "x-goog-api-key", "ocp-apim-subscription-key", "x-amz-security-token", "helicone-auth"],
  ];
  await client.chat("a", {}, { headers: Object.fromEntries(names.map((name) => [name, "secret"])) });
  expect(engine.seen[0]!.request.rawHeaders).not.toContain("secret");
});

test("a key in the query is read, and does not go on", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => response.end("{}"));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const path = `/v1/chat/completions?beta=true&key=${testKey}`;
  expect((await client.post(path, { model: "a", messages: [] }, { key: null })).status).toBe(200);
  expect(engine.seen[0]!.request.url).toBe("/v1/chat/completions?beta=true");
});

test("the engine's headers reach the client, those of its connection and its own claims do not", async ({
  serve,
  stub,
}) => {
  const engine = await stub((_, __, response) => {
    const own = {
      ...{ "x-engine": "1", "content-type": "audio/wav", server: "uvicorn", "set-cookie": "a=1" },
      ...{ "x-hearth-model": "other", "strict-transport-security": "max-age=1", "clear-site-data": "*", refresh: "0" },
    };
    const hop = { connection: "x-hop", "x-hop": "1", "access-control-allow-origin": "*", "x-request-id": "other" };
    response.writeHead(200, { ...own, ...hop }).end("sound");
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const { headers, text } = await client.post("/v1/audio/speech", { model: "a", input: "x" });
  expect(text).toBe("sound");
  expect(headers).toMatchObject({ "x-engine": "1", "content-type": "audio/wav" });
  expect(headers["x-request-id"]).not.toBe("other");
  expect(headers["x-hearth-model"]).toBe("a");
  for (const name of [
    ...["server", "set-cookie", "x-hop", "access-control-allow-origin", "strict-transport-security"],
    ...["clear-site-data", "refresh"],
  ]) {
    expect(headers[name]).toBeUndefined();
  }
});

test("a page of this machine may read the answer and our headers, in errors too", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => response.end("{}"));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const own = { origin: "http://localhost:3000" };
  for (const answer of [
    await client.chat("a", {}, { headers: own }),
    await client.chat("a", {}, { headers: own, key: "wrong" }),
    await client.get("/v1/models", { headers: own }),
  ]) {
    expect(answer.headers["access-control-allow-origin"]).toBe("http://localhost:3000");
    expect(answer.headers["access-control-expose-headers"]).toContain("x-hearth-wait-ms");
  }
  const foreign = await client.chat("a", {}, { headers: { origin: "https://evil.example" } });
  expect(foreign.headers["access-control-allow-origin"]).toBeUndefined();
});

test("a body of a megabyte passes whole, and requests in a row share connections", async ({ serve, stub }) => {
  const engine = await stub((body, __, response) => response.end(String(body.length)));
  const link = new TestLink({ id: "a", context: 10_000_000 });
  link.engine("a", engine.origin);
  const { client } = await serve(link, { limits: { body: 4 * 1024 * 1024 } });
  const prompt = "x ".repeat(512 * 1024);
  for (let n = 0; n < 3; n++) {
    const { text } = await client.post("/v1/completions", { model: "a", prompt });
    expect(Number(text)).toBeGreaterThan(prompt.length);
  }
  expect(new Set(engine.seen.map(({ request }) => request.socket.remotePort)).size).toBe(1);
});

test("a new engine of a model is a new connection, and the old one is left in peace", async ({ serve, stub }) => {
  const first = await stub((_, __, response) => response.end("first"));
  const second = await stub((_, __, response) => response.end("second"));
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link);
  link.engine("a", first.origin);
  expect((await client.chat("a")).text).toBe("first");
  link.engine("a", second.origin);
  expect((await client.chat("a")).text).toBe("second");
});

/** A stream of events, small and large, each written by itself. */
const events = Array.from({ length: 400 }, (_, n) => `data: {"n":${n},"text":"${"ü".repeat((n * 37) % 500)}"}\n\n`);
events.push("data: [DONE]\n\n");

test("a stream arrives as the engine sent it, after comments too", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const next = (n: number) => {
      if (n === events.length) response.end();
      else response.write(events[n]!, () => setImmediate(next, n + 1));
    };
    next(0);
  });
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link);
  const held = await client.stream("a");
  await held.until("a comment", ({ comments }) => comments.length > 0);
  link.engine("a", engine.origin);
  expect(await held.ended).toBe("whole");
  const { text } = await client.chat("a", { stream: true });
  for (const answer of [held.text, text]) expect(answer.replaceAll(/^: .*\n\n/gm, "")).toBe(events.join(""));
});

test("a client that does not know chunks gets none", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const event of events) response.write(event);
    response.end();
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { origin } = await serve(link);
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  const body = '{"model":"a","stream":true}';
  const head = `authorization: Bearer ${testKey}\r\ncontent-length: ${body.length}`;
  socket.write(`POST /v1/chat/completions HTTP/1.0\r\n${head}\r\n\r\n${body}`);
  let answer = "";
  socket.setEncoding("utf8").on("data", (text) => {
    answer += text;
  });
  await once(socket, "end");
  expect(answer.slice(answer.indexOf("\r\n\r\n") + 4)).toBe(events.join(""));
});
