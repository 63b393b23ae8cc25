import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { expect, test as unit } from "vitest";
import { test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { testKey } from "../../../test/support/hearth-client.ts";
import { until } from "../../../test/support/until.ts";
import { asChunk } from "./chunk.ts";

/** No comments between the pieces, however slow the machine is. */
const quiet = { timing: { firstCommentMs: 600_000, commentMs: 600_000 } };

unit("a chunk is its size, its bytes and a line end", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 5000 }), (bytes) => {
      const chunk = asChunk(Buffer.from(bytes));
      const head = chunk.indexOf("\r\n");
      expect(Number.parseInt(chunk.toString("latin1", 0, head), 16)).toBe(bytes.length);
      expect(chunk.subarray(head + 2, -2).equals(bytes)).toBe(true);
      expect(chunk.toString("latin1", chunk.length - 2)).toBe("\r\n");
    }),
  );
});

test("a stream reaches its client piece by piece and in order, whatever the pieces, also over HTTP/1.0", async ({
  serve,
  stub,
}) => {
  const pieces = Array.from({ length: 300 }, (_, n) => `data: ${"x".repeat((n * 37) % 700)}${n}\n\n`);
  pieces.push("data: [DONE]\n\n");
  const engine = await stub(async (_, __, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const [n, piece] of pieces.entries()) {
      response.write(piece);
      if (n % 7 === 0) await nextTurn();
    }
    response.end();
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link, quiet);
  const streams = await Promise.all(Array.from({ length: 5 }, () => client.stream("a")));
  for (const stream of streams) {
    expect(await stream.ended).toBe("whole");
    expect(stream.text).toBe(pieces.join(""));
  }
  const body = JSON.stringify({ model: "a", stream: true });
  const socket = connect(Number(new URL(client.url).port), "127.0.0.1");
  socket.write(
    `POST /v1/chat/completions HTTP/1.0\r\nauthorization: Bearer ${testKey}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  expect((await text(socket)).split("\r\n\r\n")[1]).toBe(pieces.join(""));
});

test("requests that a client sends in one go are answered one after the other", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: begun\n\n");
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link, quiet);
  const body = JSON.stringify({ model: "a", stream: true });
  const request = (more: string) =>
    `POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${testKey}\r\n${more}content-length: ${body.length}\r\n\r\n${body}`;
  const socket = connect(Number(new URL(client.url).port), "127.0.0.1");
  let got = "";
  socket.on("data", (data) => {
    got += data;
  });
  socket.write(request("") + request("connection: close\r\n"));
  await until("both at the engine", () => engine.seen.length === 2);
  // The second one's answer comes first and in pieces: none of them may stand in the first one's.
  for (const piece of ["data: second\n\n", "data: second\n\n"]) {
    await new Promise((resolve) => engine.seen[1]!.response.write(piece, resolve));
  }
  engine.seen[1]!.response.end("data: [DONE]\n\n");
  engine.seen[0]!.response.end("data: first\n\ndata: [DONE]\n\n");
  await once(socket, "close");
  const [, first, second] = got.split(/HTTP\/1\.1 200 OK\r\n/);
  expect(first).toMatch(/begun.*first/s);
  expect(first).not.toContain("second");
  expect(second?.match(/second/g)).toHaveLength(2);
});
