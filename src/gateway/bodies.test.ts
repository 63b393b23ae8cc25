/** Bodies in memory, bounded in sum. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect } from "vitest";
import { keyOf, test as served } from "../../test/support/gateway/harness.ts";
import { TestLink } from "../../test/support/gateway/test-link.ts";

const limits = { body: 1_000_000, bodies: 2_000_000 };
const keys = [keyOf("one"), keyOf("two"), keyOf("three")];
const chat = (bytes: number) =>
  JSON.stringify({ model: "a", messages: [{ role: "user", content: "x".repeat(bytes) }] });

function engineOf(origin: string): TestLink {
  const link = new TestLink({ id: "a" });
  link.engine("a", origin);
  return link;
}

interface Upload {
  socket: Socket;
  /** Its answer, as far as it came. */
  said(): string;
}

/** `upload`: one that does not end before the test does. */
const test = served.extend<{ upload: (origin: string, key: string, header: string, path?: string) => Upload }>({
  upload: async ({ serve: _ }, use) => {
    const sockets: Socket[] = [];
    await use((origin, key, header, path = "/v1/chat/completions") => {
      const socket = connect(Number(new URL(origin).port), "127.0.0.1");
      sockets.push(socket);
      socket.on("error", () => {});
      socket.write(`POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\n${header}\r\n\r\n`);
      let said = "";
      socket.on("data", (bytes) => {
        said += bytes;
      });
      return { socket, said: () => said };
    });
    for (const socket of sockets) socket.destroy();
  },
});

/** So much of it is in the ledger. */
const announced = (bytes: number) => `content-type: application/json\r\ncontent-length: ${bytes}`;

test("a body that there is no room for is refused before it is read, with the time to ask again", async ({
  serve,
  upload,
}) => {
  const { origin, bodies } = await serve(new TestLink({ id: "a" }), { limits, keys });
  upload(origin, "one", announced(900_000));
  upload(origin, "two", announced(900_000));
  await expect.poll(() => bodies.held).toBe(1_800_000);
  const third = upload(origin, "three", announced(300_000));
  await expect.poll(third.said).toMatch(/^HTTP\/1\.1 503 .*retry-after: 5\r\n.*"code":"server_busy"/is);
  expect(bodies.held).toBe(1_800_000);
});

test("one key gets half, and the others have the rest", async ({ serve, stub, upload }) => {
  const engine = await stub((_, __, response) => void response.end('{"object":"chat.completion"}'));
  const { origin, bodies, client } = await serve(engineOf(engine.origin), { limits, keys });
  upload(origin, "one", announced(900_000));
  await expect.poll(() => bodies.held).toBe(900_000);
  const own = await client.post("/v1/chat/completions", chat(200_000), { key: "one" });
  expect([own.status, own.json.error.code, own.headers["retry-after"]]).toEqual([503, "server_busy", "5"]);
  expect((await client.post("/v1/chat/completions", chat(900_000), { key: "two" })).status).toBe(200);
});

test("bodies without a length count as they grow", async ({ serve, upload }) => {
  const { origin, bodies } = await serve(new TestLink({ id: "a" }), { limits, keys });
  const first = upload(origin, "one", "content-type: application/json\r\ntransfer-encoding: chunked");
  first.socket.write(`${(600_000).toString(16)}\r\n${"x".repeat(600_000)}\r\n`);
  await expect.poll(() => bodies.held).toBe(600_000);
  const second = upload(origin, "one", "content-type: application/json\r\ntransfer-encoding: chunked");
  second.socket.write(`${(600_000).toString(16)}\r\n${"x".repeat(600_000)}\r\n`);
  await expect.poll(second.said).toMatch(/^HTTP\/1\.1 503 .*"code":"server_busy"/s);
});

test("whatever held memory gives it back: an answer, a refusal, an upload that broke off", async ({
  serve,
  stub,
  upload,
}) => {
  const engine = await stub((_, __, response) => void response.end('{"object":"chat.completion"}'));
  const { origin, bodies, client } = await serve(engineOf(engine.origin), { limits, keys });
  for (const body of [chat(500_000), chat(900_000).slice(1), `{"model":"no","x":"${"x".repeat(100_000)}"}`, "{}"]) {
    await client.post("/v1/chat/completions", body, { key: "one" });
  }
  await client.post("/v1/messages/count_tokens", chat(100_000), { key: "one" });
  const broken = upload(origin, "one", announced(900_000));
  await expect.poll(() => bodies.held).toBe(900_000);
  broken.socket.destroy();
  await once(broken.socket, "close");
  await expect.poll(() => bodies.held).toBe(0);
});

test("a request counts for as long as it waits for its engine", async ({ serve }) => {
  const link = new TestLink({ id: "a" });
  const { bodies, client } = await serve(link, { limits, keys });
  const leave = new AbortController();
  const waiting = client.post("/v1/chat/completions", chat(500_000), { key: "one", signal: leave.signal });
  await expect.poll(() => link.asked.length).toBe(1);
  expect(bodies.held).toBeGreaterThan(500_000);
  leave.abort();
  await expect(waiting).rejects.toThrow();
  await expect.poll(() => bodies.held).toBe(0);
});

test("routes that the gateway answers itself count likewise", async ({ serve, upload }) => {
  const { origin, bodies } = await serve(new TestLink({ id: "a" }), { limits, keys });
  upload(origin, "one", announced(900_000), "/v1/messages/count_tokens");
  await expect.poll(() => bodies.held).toBe(900_000);
  const second = upload(origin, "one", announced(900_000), "/v1/messages/count_tokens");
  await expect.poll(second.said).toMatch(/^HTTP\/1\.1 503 .*"type":"overloaded_error"/is);
});

test("a body of megabytes reaches its engine byte for byte, and a translated one in the engine's words", async ({
  serve,
  stub,
}) => {
  const said = { choices: [{ index: 0, message: { role: "assistant", content: "yes" }, finish_reason: "stop" }] };
  const engine = await stub((_, { url }, response) => {
    response.writeHead(url === "/v1/messages" ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(said));
  });
  const { client, bodies } = await serve(engineOf(engine.origin), { limits: { body: 8_000_000, bodies: 64_000_000 } });
  const sent = chat(5_000_000);
  expect((await client.post("/v1/chat/completions", sent)).status).toBe(200);
  expect(engine.seen.at(-1)!.body.equals(Buffer.from(sent))).toBe(true);
  const { status, json } = await client.post("/v1/messages", {
    model: "a",
    max_tokens: 5,
    messages: [{ role: "user", content: "y".repeat(1_000_000) }],
  });
  expect([status, json.type, json.content]).toEqual([200, "message", [{ type: "text", text: "yes" }]]);
  const { messages } = JSON.parse(engine.seen.at(-1)!.body.toString());
  expect(messages).toEqual([{ role: "user", content: "y".repeat(1_000_000) }]);
  await expect.poll(() => bodies.held).toBe(0);
});
