/** Engines that close connections when it suits them: idle ones, and ones on which they will not read any further. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { expect } from "vitest";
import { test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";

const ok = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";

/** Answers each request whole, then closes the connection after 0 to 3 ms, even where the next request is on its way. */
async function impatientEngine() {
  let answered = 0;
  const answer = (socket: Socket) => {
    const moment = answered++ % 8;
    socket.write(ok);
    const close = () => (moment % 2 === 0 ? socket.end() : socket.resetAndDestroy());
    if (moment < 4) setTimeout(close, moment);
    else setImmediate(close);
  };
  const server = createServer((socket) => {
    let got = "";
    socket.on("error", () => {});
    socket.on("data", (data) => {
      got += data;
      if (!got.endsWith("}]}")) return;
      got = "";
      answer(socket);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("300 requests to an engine that closes idle connections at any moment are all answered, and none is counted", async ({
  serve,
}) => {
  const { server, origin } = await impatientEngine();
  const link = new TestLink({ id: "a" });
  link.engine("a", origin);
  const { client } = await serve(link);
  const statuses: number[] = [];
  const send = async () => {
    while (link.asked.length < 300) statuses.push((await client.chat("a")).status);
  };
  await Promise.all(Array.from({ length: 4 }, send));
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(new Set(link.asked.map(({ released }) => released))).toEqual(new Set(["done"]));
  server.close();
});

test("an engine that dies of a request on a used connection is no idle one: its death is counted", async ({
  serve,
  stub,
}) => {
  const engine = await stub((_, { socket }, response) => {
    if (engine.seen.length === 1) response.end("{}");
    else {
      engine.close();
      socket.destroy();
      link.engines.delete("a");
    }
  });
  const fresh = await stub((_, __, response) => response.end("served"));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  await client.chat("a");
  const asked = client.chat("a", { seed: 1 });
  await expect.poll(() => link.asked.length).toBe(3);
  expect(link.asked[1]!.released).toBe("engineFailed");
  link.engine("a", fresh.origin);
  expect((await asked).text).toBe("served");
});

/** In a thread of its own, as an engine is a process of its own: it closes while the gateway still writes. */
const refusing = `
  const { createServer } = require("node:net");
  const { parentPort } = require("node:worker_threads");
  const words = '{"error":{"message":"too much"}}';
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (head) => {
      socket.pause();
      const length = head.includes("x-no-length") ? "connection: close" : "content-length: " + words.length;
      socket.write("HTTP/1.1 413 Payload Too Large\\r\\n" + length + "\\r\\n\\r\\n" + words, () => socket.destroy());
    });
  }).listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

const long = "word ".repeat(3_200_000);
const messages = [{ role: "user", content: long }];

test.for([
  ["/v1/chat/completions", { model: "a", messages }],
  ["/v1/completions", { model: "a", prompt: long }],
  ["/v1/embeddings", { model: "a", input: long }],
  ["/v1/responses", { model: "a", input: long }],
  ["/v1/messages", { model: "a", max_tokens: 5, messages }],
  ["/api/chat", { model: "a", messages, stream: false }],
  ["/v1beta/models/a:generateContent", { contents: [{ parts: [{ text: long }] }] }],
] as const)("an engine that refuses 16 MB by the head alone is heard: %s", async ([path, body], { serve }) => {
  const worker = new Worker(refusing, { eval: true });
  const [port] = await once(worker, "message");
  const link = new TestLink({ id: "a", context: 1e9, capabilities: ["chat", "embeddings"] });
  link.engine("a", `http://127.0.0.1:${port}`);
  const { client } = await serve(link, { limits: { body: 32 * 1024 * 1024 } });
  for (const headers of [{}, { "x-no-length": "1" }]) {
    const { status, text } = await client.post(path, body, {
      headers: { "content-type": "application/json", ...headers },
    });
    expect([status, text]).toEqual([413, expect.stringContaining("too much")]);
  }
  expect(new Set(link.asked.map(({ released }) => released))).toEqual(new Set(["done"]));
  await worker.terminate();
});
