import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { test as base, expect } from "vitest";
import { until } from "../../../test/support/until.ts";
import type { AnswerHead } from "./answer-head.ts";
import type { AnswerListener } from "./connection.ts";
import { EnginePool } from "./pool.ts";
import { wholeAnswer } from "./whole-answer.ts";

/** What a listener has heard. */
class Heard implements AnswerListener {
  head: AnswerHead | null = null;
  content = "";
  /** Content that came as whole chunks. */
  coded = "";
  done = false;
  error: Error | null = null;
  begun(head: AnswerHead) {
    this.head = head;
  }
  data(bytes: Buffer) {
    this.content += bytes.toString();
  }
  chunks(bytes: Buffer) {
    this.coded += bytes.toString();
  }
  ended() {
    this.done = true;
  }
  failed(error: Error) {
    this.error = error;
  }
  over() {
    return until("the answer's end", () => this.done || this.error !== null);
  }
}

/** A server that speaks bytes: `sockets` are its connections, `seen` what each of them got. */
interface Engine {
  pool: EnginePool;
  sockets: Socket[];
  seen: string[];
  /** Sends a request and waits until the engine has it on connection `index`. */
  ask(index: number, body?: string): Promise<Heard>;
}

const test = base.extend<{ engine: Engine }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest finds a fixture's needs in this pattern
  engine: async ({}, use) => {
    const sockets: Socket[] = [];
    const seen: string[] = [];
    const server = createServer((socket) => {
      const index = sockets.push(socket) - 1;
      seen[index] = "";
      socket.setEncoding("utf8");
      socket.on("data", (data) => {
        seen[index] = `${seen[index]}${data}`;
      });
      socket.on("error", () => {});
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const pool = new EnginePool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const ask = async (index: number, body = "{}") => {
      const heard = new Heard();
      const before = seen[index]?.length ?? 0;
      pool.post("/v1/chat/completions", ["x-request-id", "r1"], Buffer.from(body), heard);
      await until("the request", () => (seen[index]?.length ?? 0) > before && seen[index]!.endsWith(body));
      return heard;
    };
    await use({ pool, sockets, seen, ask });
    pool.destroy();
    for (const socket of sockets) socket.destroy();
    server.close();
  },
});

const ok = (text: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n\r\n${text}`;

test("the request goes out with its length, its headers and its bytes", async ({ engine }) => {
  await engine.ask(0, '{"a":1}');
  const [head, body] = engine.seen[0]!.split("\r\n\r\n");
  expect(head!.split("\r\n")).toEqual([
    "POST /v1/chat/completions HTTP/1.1",
    expect.stringMatching(/^host: 127\.0\.0\.1:\d+$/),
    "content-length: 7",
    "x-request-id: r1",
  ]);
  expect(body).toBe('{"a":1}');
});

test("a large body arrives whole", async ({ engine }) => {
  const body = JSON.stringify({ text: "é".repeat(500_000) });
  await engine.ask(0, body);
  expect(
    engine.seen[0]!.endsWith(`content-length: ${Buffer.byteLength(body)}\r\nx-request-id: r1\r\n\r\n${body}`),
  ).toBe(true);
});

test("an answer may come byte by byte", async ({ engine }) => {
  const heard = await engine.ask(0);
  for (const byte of `HTTP/1.1 100 Continue\r\n\r\n${ok("hello")}`) {
    engine.sockets[0]!.write(byte);
    await new Promise(setImmediate);
  }
  await heard.over();
  expect([heard.head!.status, heard.content, heard.error]).toEqual([200, "hello", null]);
});

test("chunks are handed on whole, as they came", async ({ engine }) => {
  const heard = await engine.ask(0);
  engine.sockets[0]!.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
  await heard.over();
  expect([heard.coded, heard.content, heard.done]).toEqual(["5\r\nhello\r\n", "", true]);
});

test("where neither length nor chunks are told, the answer ends with its connection", async ({ engine }) => {
  const heard = await engine.ask(0);
  engine.sockets[0]!.end("HTTP/1.1 200 OK\r\n\r\nhello");
  await heard.over();
  expect([heard.content, heard.done]).toEqual(["hello", true]);
});

test("a connection is used again, and two requests at once have two", async ({ engine }) => {
  const first = await engine.ask(0);
  const second = await engine.ask(1);
  engine.sockets[1]!.write(ok("two"));
  await second.over();
  const third = await engine.ask(1);
  engine.sockets[0]!.write(ok("one"));
  engine.sockets[1]!.write(ok("three"));
  await Promise.all([first.over(), third.over()]);
  expect([first.content, second.content, third.content]).toEqual(["one", "two", "three"]);
  expect(engine.sockets).toHaveLength(2);
});

test.each([
  ["an engine that wants to close it", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok"],
  [
    "one that keeps it for less than a second",
    "HTTP/1.1 200 OK\r\nkeep-alive: timeout=1\r\ncontent-length: 2\r\n\r\nok",
  ],
  ["bytes that nobody asked for", `${ok("ok")}HTTP/1.1 200 OK`],
])("a connection is not used again after %s", async (_, answer) => {
  // A fixture of the file's `test` cannot be combined with `each`: this one is made here.
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    socket.on("data", () => socket.write(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const pool = new EnginePool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  for (const count of [1, 2]) {
    const heard = new Heard();
    pool.post("/", [], Buffer.from("{}"), heard);
    await heard.over();
    expect([heard.content, sockets.length]).toEqual(["ok", count]);
  }
  pool.destroy();
  server.close();
});

test("an idle connection that the engine closes is not used again", async ({ engine }) => {
  const first = await engine.ask(0);
  engine.sockets[0]!.write(ok("one"));
  await first.over();
  const closed = once(engine.sockets[0]!, "close");
  engine.sockets[0]!.end();
  await closed;
  const second = await engine.ask(1);
  engine.sockets[1]!.write(ok("two"));
  await second.over();
  expect(second.content).toBe("two");
});

test.each([
  ["before its answer", ""],
  ["in the head", "HTTP/1.1 200 OK\r\ncontent-le"],
  ["in the body", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello"],
  ["between chunks", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"],
])("an engine that closes %s has failed", async (_, sent) => {
  const server = createServer((socket) => socket.on("data", () => socket.end(sent))).listen(0, "127.0.0.1");
  await once(server, "listening");
  const pool = new EnginePool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const heard = new Heard();
  pool.post("/", [], Buffer.from("{}"), heard);
  await heard.over();
  expect([heard.done, heard.error?.message]).toEqual([false, "other side closed"]);
  server.close();
});

test("what is not HTTP is a failure that says so", async ({ engine }) => {
  const heard = await engine.ask(0);
  engine.sockets[0]!.write("SSH-2.0-OpenSSH_9.2\r\n\r\n");
  await heard.over();
  expect(heard.error?.message).toContain("HTTP/1.1");
});

test("a head without end is a failure, not a growing buffer", async ({ engine }) => {
  const heard = await engine.ask(0);
  engine.sockets[0]!.write(`HTTP/1.1 200 OK\r\nx: ${"a".repeat(70_000)}`);
  await heard.over();
  expect(heard.error?.message).toContain("too long");
});

test("nobody listening is a failure with its code", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  const heard = new Heard();
  new EnginePool(`http://127.0.0.1:${port}`).post("/", [], Buffer.from("{}"), heard);
  await heard.over();
  expect(heard.error).toMatchObject({ code: "ECONNREFUSED" });
});

test("closing a request closes its connection, and its listener hears nothing more", async ({ engine }) => {
  const heard = new Heard();
  const connection = engine.pool.post("/", [], Buffer.from("{}"), heard);
  await until("the request", () => engine.seen[0]?.endsWith("{}"));
  engine.sockets[0]!.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello");
  await until("the first bytes", () => heard.content === "hello");
  const closed = once(engine.sockets[0]!, "close");
  connection.close();
  await closed;
  expect([heard.done, heard.error]).toEqual([false, null]);
});

test("a paused request reads nothing more until it is resumed", async ({ engine }) => {
  const heard = new Heard();
  const connection = engine.pool.post("/", [], Buffer.from("{}"), heard);
  await until("the request", () => engine.seen[0]?.endsWith("{}"));
  const size = 32 * 1024 * 1024;
  let paused = false;
  heard.begun = () => {
    connection.pause();
    paused = true;
  };
  engine.sockets[0]!.write(`HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\n\r\n`);
  engine.sockets[0]!.write(Buffer.alloc(size, "a"));
  await until("the answer to begin", () => paused);
  const before = heard.content.length;
  // What a round trip on another connection takes is time enough for more to come.
  const other = await engine.ask(1);
  engine.sockets[1]!.write(ok("other"));
  await other.over();
  expect([heard.content.length, engine.sockets[0]!.writableNeedDrain]).toEqual([before, true]);
  connection.resume();
  await heard.over();
  expect([heard.content.length, heard.done]).toEqual([size, true]);
});

test("a retired pool ends its connections as they become idle", async ({ engine }) => {
  const idle = await engine.ask(0);
  const busy = await engine.ask(1);
  engine.sockets[0]!.write(ok("one"));
  await idle.over();
  const closed = once(engine.sockets[0]!, "close");
  engine.pool.retire();
  await closed;
  const closedToo = once(engine.sockets[1]!, "close");
  engine.sockets[1]!.write(ok("two"));
  await busy.over();
  expect(busy.content).toBe("two");
  await closedToo;
});

test("a whole answer is its status and its content, however it is coded", async ({ engine }) => {
  const { signal } = new AbortController();
  const answer = wholeAnswer(engine.pool, { path: "/", headers: [], body: Buffer.from("{}"), signal });
  await until("the request", () => engine.seen[0]?.endsWith("{}"));
  engine.sockets[0]!.write(
    "HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n",
  );
  expect(await answer).toEqual({ status: 404, body: Buffer.from("hello!") });
});

test("a whole answer that nobody waits for any more is cancelled at the engine", async ({ engine }) => {
  const abort = new AbortController();
  const asked = { path: "/", headers: [], body: Buffer.from("{}"), signal: abort.signal };
  const answer = wholeAnswer(engine.pool, asked);
  await until("the request", () => engine.seen[0]?.endsWith("{}"));
  const closed = once(engine.sockets[0]!, "close");
  abort.abort(new Error("too late"));
  await expect(answer).rejects.toThrow("too late");
  await closed;
});
