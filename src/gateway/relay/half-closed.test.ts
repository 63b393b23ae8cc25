import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { testKey } from "../../../test/support/hearth-client.ts";
import { until } from "../../../test/support/until.ts";
import { ChunkReader, contentsOf } from "../upstream/chunks.ts";

const soon = { seconds: 1 };

/** As `nc -N`: sends its request, then the end of all that it will say. */
function netcat(origin: string, fields: object, version = "1.1"): Socket {
  const body = JSON.stringify({ model: "a", ...fields });
  const head = `POST /v1/chat/completions HTTP/${version}\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${testKey}\r\nconnection: close`;
  const socket = connect({ port: Number(new URL(origin).port), host: "127.0.0.1", allowHalfOpen: true });
  socket.end(`${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  return socket;
}

test.for([false, true])(
  "a client that ends its sending side still gets its answer (stream: %s)",
  async (stream, { serve, stub }) => {
    const engine = await stub((_, __, response) => response.end("the answer"));
    const link = new TestLink({ id: "a" });
    const { origin } = await serve(link);
    const socket = netcat(origin, { stream });
    const answer = text(socket);
    await until("the wait", () => link.asked.length === 1);
    await until("a look at the client", () => socket.bytesRead > 20);
    link.engine("a", engine.origin);
    expect(await answer).toContain("the answer");
    socket.destroy();
  },
);

test.for([false, true])(
  "one that has gone is noticed within a second while it waits (stream: %s)",
  async (stream, { serve }) => {
    const link = new TestLink({ id: "a" });
    const { origin } = await serve(link);
    const socket = netcat(origin, { stream });
    await until("the wait", () => link.asked.length === 1);
    socket.destroy();
    await until("its place back", () => link.asked[0]?.released === "aborted", soon);
  },
);

test.for([
  ["between two events", "text/event-stream", "data: 1\n\n"],
  ["between events whose lines end in CR and LF", "text/event-stream", "data: 1\r\n\r\n"],
  ["between events whose lines end in CR", "text/event-stream", "data: 1\r\r"],
  ["within an answer that is no stream", "application/json", '{"choices":['],
] as const)("and %s of which it has the beginning", async ([, type, beginning], { serve, stub }) => {
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": type });
    response.write(beginning);
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { origin } = await serve(link);
  const socket = netcat(origin, { stream: type === "text/event-stream" });
  socket.resume();
  await until("the beginning", () => socket.bytesRead > 200);
  socket.destroy();
  await until("the lease back", () => link.asked[0]?.released === "aborted", soon);
  await until("the engine to be left", () => engine.seen[0]!.response.destroyed);
});

test("one that waits for the rest of such an answer gets it, correctly coded", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"choices":[');
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { origin } = await serve(link);
  const socket = netcat(origin, {});
  const answer = text(socket);
  await until("the beginning", () => socket.bytesRead > 200);
  const { bytesRead } = socket;
  await until("a few looks at the client", () => socket.bytesRead > bytesRead + 2);
  engine.seen[0]!.response.write("1,2");
  engine.seen[0]!.response.end("]}");
  const [, body] = (await answer).split(/\r\n\r\n(.*)/s);
  const content: Buffer[] = [];
  const reader = new ChunkReader({
    data: (bytes) => content.push(bytes),
    chunks: (bytes) => content.push(...contentsOf(bytes)),
  });
  reader.read(Buffer.from(body!));
  expect(body).toMatch(/\r\n000+3\r\n/);
  expect([reader.over, Buffer.concat(content).toString()]).toEqual([true, '{"choices":[1,2]}']);
});
