import { once } from "node:events";
import { connect } from "node:net";
import { expect } from "vitest";
import { engineStream, said } from "../../../test/support/dialects/engine-stream.ts";
import { test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { until } from "../../../test/support/until.ts";

test("a client that leaves in mid-stream frees its engine", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: 1\n\n");
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const stream = await client.stream("a");
  await stream.until("an event", ({ events }) => events.length > 0);
  stream.abort();
  await until("the engine to be left", () => engine.seen[0]!.response.destroyed);
  await until("the lease back", () => link.asked[0]?.released === "aborted");
});

test("before the engine's first byte too", async ({ serve, stub }) => {
  const engine = await stub(() => {});
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const leaving = new AbortController();
  const asked = client.chat("a", {}, { signal: leaving.signal });
  await until("the request", () => engine.seen.length === 1);
  leaving.abort();
  await expect(asked).rejects.toThrow();
  await until("the engine to be left", () => engine.seen[0]!.response.destroyed);
  await until("the lease back", () => link.asked[0]?.released === "aborted");
});

test("one that leaves while it waits leaves the queue, and its request never reaches an engine", async ({
  serve,
  stub,
}) => {
  const engine = await stub((_, __, response) => response.end());
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link);
  const leaving = new AbortController();
  const asked = client.chat("a", {}, { signal: leaving.signal });
  await until("the wait", () => link.asked.length === 1);
  leaving.abort();
  await expect(asked).rejects.toThrow();
  await until("the place back", () => link.asked[0]?.released === "aborted");
  link.asked[0]!.listener.granted(link.engine("a", engine.origin));
  expect((await client.chat("a")).status).toBe(200);
  expect(engine.seen).toHaveLength(1);
});

test("one that leaves in the middle of its body never asks for an engine", async ({ serve }) => {
  const link = new TestLink({ id: "a" });
  const { client, app } = await serve(link);
  const { port } = new URL(client.url);
  const socket = connect(Number(port), "127.0.0.1");
  const connected = once(app.server, "request");
  socket.write(request("a").slice(0, -1));
  const [half] = await connected;
  socket.destroy();
  await until("the request to be closed", () => half.destroyed);
  expect(link.asked).toEqual([]);
});

test("one that reads slowly slows its engine down, and still gets every byte", async ({ serve, stub }) => {
  const chunk = Buffer.alloc(64 * 1024, "x");
  const chunks = 400;
  let written = 0;
  const engine = await stub(async (_, __, response) => {
    for (; written < chunks; written++) if (!response.write(chunk)) await once(response, "drain");
    response.end();
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const socket = connect(Number(new URL(client.url).port), "127.0.0.1");
  socket.write(request("a"));
  await once(socket, "readable");
  // Nobody reads: what fits into the buffers on the way is all that the engine can get rid of.
  let before = -1;
  const standsStill = () => {
    const still = written === before;
    before = written;
    return still;
  };
  await until("the engine to stand still", standsStill, { everyMs: 200 });
  expect(written).toBeLessThan(chunks);
  let received = 0;
  for await (const data of socket) received += (data as Buffer).length;
  expect(received).toBeGreaterThan(chunks * chunk.length);
});

test("one that reads a translated stream slowly slows its engine down too", async ({ serve, stub }) => {
  const chunk = engineStream([said.text("x".repeat(64 * 1024))])[1]!;
  const chunks = 400;
  let written = 0;
  const engine = await stub(async (_, { url }, response) => {
    if (url !== "/v1/chat/completions") return void response.writeHead(404).end();
    for (; written < chunks; written++) if (!response.write(chunk)) await once(response, "drain");
    response.end(engineStream([said.finish("stop")]).join(""));
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const socket = connect(Number(new URL(client.url).port), "127.0.0.1");
  socket.write(request("a", "/v1/messages", { stream: true, messages: [{ role: "user", content: "hi" }] }));
  await once(socket, "readable");
  let before = -1;
  const standsStill = () => {
    const still = written === before;
    before = written;
    return still;
  };
  await until("the engine to stand still", standsStill, { everyMs: 200 });
  expect(written).toBeLessThan(chunks);
  let received = "";
  for await (const data of socket.setEncoding("utf8")) received += data;
  expect(received.length).toBeGreaterThan(chunks * 64 * 1024);
  expect(received).toContain("message_stop");
});

test("one that takes nothing for too long is cut off: it holds an engine", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => response.end(Buffer.alloc(64 * 1024 * 1024, "x")));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link, { timing: { clientSilenceMs: 50 } });
  const socket = connect(Number(new URL(client.url).port), "127.0.0.1");
  socket.write(request("a"));
  await until("the lease back", () => link.asked[0]?.released === "aborted");
  socket.destroy();
});

function request(model: string, path = "/v1/chat/completions", fields: object = {}): string {
  const body = JSON.stringify({ model, ...fields });
  const head = `POST ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer test-key-of-the-end-to-end-suite\r\nconnection: close`;
  return `${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}
