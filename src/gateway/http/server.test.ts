import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, expect, test } from "vitest";
import { refuseBrokenRequest, serverFactory } from "./server.ts";

let app: FastifyInstance | undefined;
afterEach(() => app?.close());

async function listening(): Promise<number> {
  const limits = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 };
  app = Fastify({ serverFactory: serverFactory(() => false, limits), clientErrorHandler: refuseBrokenRequest });
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
  expect(await answer).toMatch(/^HTTP\/1\.1 400 .*"code":"invalid_request".*/s);
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
