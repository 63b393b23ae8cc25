import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { expect } from "vitest";
import { test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { until } from "../../../test/support/until.ts";

const released = (link: TestLink) => link.asked.map((asked) => asked.released);

test("an engine that dies before its first byte is replaced once, unseen by the client", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a" });
  const dying = await stub((_, request) => {
    link.engines.delete("a");
    request.socket.destroy();
  });
  const fresh = await stub((_, __, response) => response.end("served"));
  link.engine("a", dying.origin);
  const { client } = await serve(link);
  const asked = client.chat("a");
  await until("the second wait", () => link.asked.length === 2);
  expect(released(link)).toEqual(["engineFailed", null]);
  link.engine("a", fresh.origin);
  const { status, text } = await asked;
  expect([status, text]).toEqual([200, "served"]);
  expect(released(link).at(-1)).toBe("done");
  expect(fresh.seen[0]!.body).toEqual(dying.seen[0]!.body);
  expect(new Set(link.asked.map(({ request }) => request.id)).size).toBe(link.asked.length);
});

test("one that answers 500 as its last word is replaced too", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a" });
  const dying = await stub((_, __, response) => {
    link.engines.delete("a");
    response.writeHead(500).end("EngineCore encountered an issue");
  });
  const fresh = await stub((_, __, response) => response.end("served"));
  link.engine("a", dying.origin);
  link.answers = false;
  const { client } = await serve(link);
  const asked = client.chat("a");
  await until("the second wait", () => link.asked.length === 2);
  link.engine("a", fresh.origin);
  expect((await asked).text).toBe("served");
  expect(released(link)[0]).toBe("engineFailed");
});

test("one that dies twice is an error that says so", async ({ serve, stub }) => {
  const dying = await stub((_, request) => request.socket.destroy());
  const link = new TestLink({ id: "a" });
  link.engine("a", dying.origin);
  const { client } = await serve(link);
  const { status, json, headers } = await client.chat("a");
  expect([status, json.error.code, headers["x-hearth-model"]]).toEqual([502, "engine_failed", "a"]);
  expect(json.error.message).toContain("hearth logs a");
  expect(dying.seen).toHaveLength(2);
  expect(released(link)).toEqual(["engineFailed", "engineFailed"]);
});

test("one that takes no connection any more is asked again until the waker has a fresh one", async ({
  serve,
  stub,
}) => {
  const port = await closedPort();
  const fresh = await stub((_, __, response) => response.end("served"));
  const link = new TestLink({ id: "a" });
  link.engine("a", `http://127.0.0.1:${port}`);
  const { client } = await serve(link);
  const asked = client.chat("a");
  await until("several tries", () => link.asked.length >= 3);
  link.engine("a", fresh.origin);
  expect((await asked).text).toBe("served");
});

test("a lease that the waker takes back before the first byte is tried again too", async ({ serve, stub }) => {
  const silent = await stub(() => {});
  const fresh = await stub((_, __, response) => response.end("served"));
  const link = new TestLink({ id: "a" });
  link.engine("a", silent.origin);
  const { client } = await serve(link);
  const asked = client.chat("a");
  await until("the request", () => silent.seen.length === 1);
  link.engines.delete("a");
  link.cut({ code: "engine_failed", message: "The process exited." });
  await until("the second wait", () => link.asked.length === 2);
  link.engine("a", fresh.origin);
  expect((await asked).text).toBe("served");
});

test("a stream that breaks ends with an error event and a cut connection", async ({ serve, stub }) => {
  const engine = await stub((_, request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write('data: {"choices":[{"delta":{"content":"Hel', () => request.socket.destroy());
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const stream = await client.stream("a");
  expect(await stream.ended).toBe("broken");
  expect(stream.text).toMatch(/content":"Hel\n\ndata: \{"error":\{.*"code":"engine_failed".*\}\}\n\n$/);
  expect(stream.saysDone).toBe(false);
  expect(released(link)).toEqual(["engineFailed"]);
  expect(engine.seen).toHaveLength(1);
});

test.for([
  ["of a known length", { "content-length": "1000" }],
  ["in chunks", {}],
] as const)(
  "a buffered answer %s that breaks is cut, and never looks complete",
  async ([, headers], { serve, stub }) => {
    const engine = await stub((_, request, response) => {
      response.writeHead(200, { "content-type": "application/json", ...headers });
      response.write('{"choices":[', () => request.socket.destroy());
    });
    const link = new TestLink({ id: "a" });
    link.engine("a", engine.origin);
    const { client } = await serve(link);
    await expect(client.chat("a")).rejects.toThrow();
    expect(released(link)).toEqual(["engineFailed"]);
  },
);

test("an engine's own error passes as it is", async ({ serve, stub }) => {
  const body = '{"error": {"message":"too hot", "type":"BadRequestError", "code":400} }';
  const engine = await stub((_, __, response) => {
    response.writeHead(422, { "content-type": "application/json", "x-engine": "1" }).end(body);
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const { status, text, headers } = await client.chat("a");
  expect([status, text, headers["x-engine"]]).toEqual([422, body, "1"]);
  expect(released(link)).toEqual(["done"]);
});

test.for([
  ["text/html", "<h1>Oops</h1>", "no reason given"],
  ["application/json", '{"detail":"Not Found"}', "Not Found"],
  ["application/json", "", "no reason given"],
] as const)("an engine's error as %s %j becomes an error object", async ([type, body, words], { serve, stub }) => {
  const engine = await stub((_, __, response) => response.writeHead(500, { "content-type": type }).end(body));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const { status, json } = await client.chat("a");
  expect(status).toBe(500);
  expect(json.error).toMatchObject({ code: "engine_failed", engine_status: 500, param: null });
  expect(json.error.message).toContain(words);
});

test.for([301, 302, 304, 307])(
  "an engine's %i sends no client elsewhere: it is the engine's failure",
  async (status, { serve, stub }) => {
    const engine = await stub((_, __, response) =>
      response.writeHead(status, { location: "http://127.0.0.1:1/" }).end(),
    );
    const link = new TestLink({ id: "a" });
    link.engine("a", engine.origin);
    const { client } = await serve(link);
    const answer = await client.chat("a");
    expect(answer.status).toBe(502);
    expect(answer.headers.location).toBeUndefined();
    expect(answer.json.error).toMatchObject({ code: "engine_failed", message: expect.stringContaining(`${status}`) });
  },
);

test("an engine's error after waiting comments is an event, and the stream is cut", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => {
    response.writeHead(400, { "content-type": "application/json" }).end('{"error":{"message":"no","code":400}}');
  });
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link);
  const stream = await client.stream("a");
  await stream.until("a comment", ({ comments }) => comments.length > 0);
  link.engine("a", engine.origin);
  expect(await stream.ended).toBe("broken");
  expect(stream.error).toMatchObject({ message: "no" });
});

test("a silent engine is asked whether it lives: slow ones are waited for, dead ones given up", async ({
  serve,
  stub,
}) => {
  const engine = await stub(() => {});
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link, { policy: { stall: 0.05 } });
  const asked = client.chat("a");
  await until("three probes", () => (link.asked[0]?.probes ?? 0) >= 3);
  link.answers = false;
  const { status, json } = await asked;
  expect([status, json.error.code]).toEqual([504, "engine_stalled"]);
  expect(released(link)).toEqual(["engineFailed"]);
});

test("a stream that stalls in the middle ends as a broken one", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write('data: {"choices":[]}\n\n');
  });
  const link = new TestLink({ id: "a" });
  link.answers = false;
  link.engine("a", engine.origin);
  const { client } = await serve(link, { policy: { stall: 0.05 } });
  const stream = await client.stream("a");
  expect(await stream.ended).toBe("broken");
  expect(stream.error?.code).toBe("engine_stalled");
});

test("a lease that the waker takes back in the middle of a stream ends it with the waker's words", async ({
  serve,
  stub,
}) => {
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write('data: {"choices":[]}\n\n');
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const stream = await client.stream("a");
  await stream.until("an event", ({ events }) => events.length > 0);
  link.cut({ code: "model_unavailable", message: "The drain took too long." });
  expect(await stream.ended).toBe("broken");
  expect(stream.error?.message).toBe("The drain took too long.");
  await until("the engine to be left", () => engine.seen[0]!.response.destroyed);
});

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

test("what is kept of an engine's error counts as memory of bodies until its client has it", async ({
  serve,
  stub,
}) => {
  const engine = await stub((_, __, response) => response.writeHead(500).write("x".repeat(50_000)));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client, bodies } = await serve(link);
  const asked = client.chat("a");
  await until("the error is counted", () => bodies.held >= 50_000);
  engine.seen[0]!.response.end();
  expect((await asked).status).toBe(500);
  await until("all is given back", () => bodies.held === 0);
});
