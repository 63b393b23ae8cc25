import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, expect, test } from "vitest";
import { refuseBrokenRequest } from "./broken-request.ts";
import { serverFactory } from "./server.ts";

let app: FastifyInstance | undefined;
afterEach(() => app?.close());

async function listening(most?: number): Promise<number> {
  const limits = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 };
  app = Fastify({
    serverFactory: serverFactory({ serves: () => true }, () => false, limits, most),
    clientErrorHandler: refuseBrokenRequest,
  });
  app.post("/", async () => "served");
  app.get("/", async () => "served");
  return Number(new URL(await app.listen({ host: "127.0.0.1", port: 0 })).port);
}

test.each([
  ["its headers", "GET / HTTP/1.1\r\nhost: x\r\nx-slow:"],
  ["its body", "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"],
])("a client that takes for ever over %s is told so and let go", async (_, sent) => {
  const socket = connect(await listening(), "127.0.0.1");
  const answer = text(socket);
  socket.write(sent);
  expect(await answer).toMatch(/^HTTP\/1\.1 408 .*"code":"request_timeout".*/s);
});

test("a client that never closes its side is closed after that answer all the same", async () => {
  const socket = connect({ port: await listening(), host: "127.0.0.1", allowHalfOpen: true });
  socket.write("GET / HTTP/1.1\r\nhost: x\r\nx-slow:");
  const [server] = (await once(app!.server, "connection")) as [Socket];
  socket.resume();
  await once(server, "close");
  socket.destroy();
});

test("headers that are too large are 431", async () => {
  const socket = connect(await listening(), "127.0.0.1");
  socket.on("error", () => {});
  socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx: ${"a".repeat(20_000)}\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 431 .*"code":"headers_too_large".*/s);
});

test("an expectation that nobody knows is 417 with an error object; 100-continue is met", async () => {
  const port = await listening();
  const ask = async (expectation: string) => {
    const socket = connect(port, "127.0.0.1");
    socket.write(`GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\nexpect: ${expectation}\r\n\r\n`);
    return text(socket);
  };
  expect(await ask("a miracle")).toMatch(/^HTTP\/1\.1 417 .*"code":"expectation_failed".*/s);
  expect(await ask("100-continue")).toMatch(/^HTTP\/1\.1 100 Continue.*HTTP\/1\.1 200 OK.*served$/s);
});

test("a target that is a whole URL is served as its path", async () => {
  const socket = connect(await listening(), "127.0.0.1");
  socket.write("GET http://other.example/?x=1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
  expect(await text(socket)).toMatch(/served$/);
});

test("one address has no more than its share of connections, and gets it back", async () => {
  const port = await listening(3);
  const sockets = Array.from({ length: 3 }, () => connect(port, "127.0.0.1"));
  for (const socket of sockets) await once(socket, "connect");
  const extra = connect(port, "127.0.0.1");
  extra.on("error", () => {});
  await once(extra, "close");
  sockets[0]!.end();
  await once(sockets[0]!, "close");
  const next = connect(port, "127.0.0.1");
  next.write("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
  expect(await text(next)).toMatch(/served$/);
  for (const socket of sockets) socket.destroy();
});

test("a client without a Host header is served", async () => {
  const socket = connect(await listening(), "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nconnection: close\r\n\r\n");
  expect(await text(socket)).toMatch(/served$/);
});

test("a client that resets its connection disturbs nobody", async () => {
  const port = await listening();
  const socket = connect(port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nhost");
  const [server] = (await once(app!.server, "connection")) as [Socket];
  const closed = new Promise((resolve) => server.on("close", resolve));
  socket.resetAndDestroy();
  await closed;
  const other = connect(port, "127.0.0.1");
  other.write("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
  expect(await text(other)).toMatch(/served$/);
});
