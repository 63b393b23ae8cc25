/** Requests of another API: asked in their own words where the engine has the route, else in OpenAI's. */
import { expect } from "vitest";
import { engineStream, said } from "../../../test/support/dialects/engine-stream.ts";
import { eventsIn } from "../../../test/support/dialects/events-in.ts";
import { responsesStream } from "../../../test/support/dialects/native-stream.ts";
import { test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";

const ask = { model: "a", max_tokens: 10, messages: [{ role: "user", content: "hi" }] };
const chatAnswer = JSON.stringify({
  choices: [{ message: { content: "hello" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 2, completion_tokens: 1 },
});

test("an engine that has the route gets the client's own bytes, and its answer passes untouched", async ({
  serve,
  stub,
}) => {
  const engine = await stub((_, __, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end("{ }"),
  );
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const { text } = await client.post("/v1/messages?beta=true", ask);
  expect(text).toBe("{ }");
  expect(engine.seen.map(({ request, body }) => [request.url, body.toString()])).toEqual([
    ["/v1/messages?beta=true", JSON.stringify(ask)],
  ]);
});

test("one that has not is asked in OpenAI's words, and not asked for the route again", async ({ serve, stub }) => {
  const engine = await stub((_, { url }, response) => {
    response.statusCode = url === "/v1/chat/completions" ? 200 : 404;
    response.end(response.statusCode === 200 ? chatAnswer : '{"detail":"Not Found"}');
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  for (let n = 0; n < 2; n++) {
    const { status, json, headers } = await client.post("/v1/messages", ask);
    expect([status, json.content]).toEqual([200, [{ type: "text", text: "hello" }]]);
    expect(headers["content-type"]).toMatch("application/json");
  }
  const chat = "/v1/chat/completions";
  expect(engine.seen.map(({ request }) => request.url)).toEqual(["/v1/messages", chat, chat]);
});

test("one that has it but does not understand the request is asked in OpenAI's words this once", async ({
  serve,
  stub,
}) => {
  const engine = await stub((_, { url }, response) => {
    response.statusCode = url === "/v1/chat/completions" ? 200 : 400;
    response.end(response.statusCode === 200 ? chatAnswer : '{"error":{"message":"no system role"}}');
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  for (let n = 0; n < 2; n++) expect((await client.post("/v1/messages", ask)).status).toBe(200);
  expect(engine.seen).toHaveLength(4);
});

test("what neither way takes is refused in the client's dialect", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => {
    response.writeHead(400).end('{"error":{"message":"maximum context length is 10","code":400}}');
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const { status, json, headers } = await client.post("/v1/messages", ask);
  expect([status, json.type, json.error.type]).toEqual([400, "error", "invalid_request_error"]);
  expect(json.error.message).toMatch(/^prompt is too long.*maximum context length is 10/);
  expect([json.request_id, headers["request-id"]]).toEqual([headers["x-request-id"], headers["x-request-id"]]);
});

test("an answer that is not a whole one is an error, whole or streamed, and a stream of it is cut", async ({
  serve,
  stub,
}) => {
  const half = engineStream([said.text("half")]).join("");
  const engine = await stub((body, { url }, response) => {
    if (url !== "/v1/chat/completions") response.writeHead(404).end();
    else if (JSON.parse(body.toString()).stream)
      response.writeHead(200, { "content-type": "text/event-stream" }).end(half);
    else response.writeHead(200).end('{"choices":[');
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const { status, json } = await client.post("/v1/messages", ask);
  expect([status, json.error.type]).toEqual([502, "api_error"]);
  const stream = await client.open("/v1/messages", { method: "POST", body: JSON.stringify({ ...ask, stream: true }) });
  expect(await stream.ended).not.toBe("whole");
  const events = eventsIn(stream.text);
  expect(events.at(-1)).toMatchObject({ event: "error", data: { error: { type: "api_error" } } });
  expect(events.map(({ event }) => event)).not.toContain("message_stop");
});

test("who waits is told in pings, not in comments", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link);
  const stream = await client.open("/v1/messages", { method: "POST", body: JSON.stringify({ ...ask, stream: true }) });
  await stream.until("two pings", ({ events }) => events.filter(({ event }) => event === "ping").length >= 2);
  const answer = engineStream([said.text("hello"), said.finish("stop")]);
  const engine = await stub((_, { url }, response) => {
    if (url === "/v1/chat/completions")
      response.writeHead(200, { "content-type": "text/event-stream" }).end(answer.join(""));
    else response.writeHead(404).end();
  });
  link.engine("a", engine.origin);
  expect(await stream.ended).toBe("whole");
  expect(stream.events.filter(({ event }) => event !== "ping").map(({ event }) => event)[0]).toBe("message_start");
  expect(stream.comments).toEqual([]);
});

test("tokens are counted by the engine where the model is loaded, else estimated, and nothing is started", async ({
  serve,
  stub,
}) => {
  const engine = await stub((_, __, response) => response.end('{"count":5}'));
  const link = new TestLink({ id: "a", state: "absent" });
  const { client } = await serve(link);
  const estimate = await client.post("/v1/messages/count_tokens", ask);
  expect(estimate.headers["x-hearth-token-count"]).toBe("estimate");
  expect(estimate.json.input_tokens).toBeGreaterThan(0);
  expect(link.asked).toHaveLength(0);
  link.models = link.models.map((model) => ({ ...model, state: "ready" }));
  link.engine("a", engine.origin);
  const exact = await client.post("/v1/messages/count_tokens", ask);
  expect([exact.json, exact.headers["x-hearth-token-count"]]).toEqual([{ input_tokens: 5 }, "exact"]);
  expect(JSON.parse(engine.seen[0]!.body.toString())).toMatchObject({
    model: "a",
    messages: [{ role: "user", content: "hi" }],
  });
  expect(link.asked.map(({ released }) => released)).toEqual(["done"]);
});

test.for(["of its own", "of a chat"] as const)(
  "a response whose engine %s breaks off goes on counting its events to the end",
  async (words, { serve, stub }) => {
    const own = responsesStream([{ text: ["one", "two"] }]).slice(0, 4);
    const engine = await stub((_, { url }, response) => {
      const isChat = url === "/v1/chat/completions";
      if (isChat === (words === "of its own")) return response.writeHead(404).end();
      response.writeHead(200, { "content-type": "text/event-stream" });
      return response.write((isChat ? engineStream([said.text("one")]) : own).join(""), () => response.destroy());
    });
    const link = new TestLink({ id: "a" });
    link.engine("a", engine.origin);
    const { client } = await serve(link);
    const body = JSON.stringify({ model: "a", input: "hi", stream: true });
    const stream = await client.open("/v1/responses", { method: "POST", body });
    expect(await stream.ended).toBe("broken");
    const events = eventsIn(stream.text);
    expect(events.slice(-2).map(({ event }) => event)).toEqual(["response.failed", "error"]);
    expect(events.map(({ data }) => data.sequence_number)).toEqual(events.map((_, at) => at));
  },
);

test("keywords that no grammar holds are named to pages too, whatever API they ask in", async ({ serve, stub }) => {
  const engine = await stub((_, { url }, response) =>
    response
      .writeHead(url === "/v1/chat/completions" ? 200 : 404, {
        "content-type": "application/json",
        "x-schema-not-enforced": "uniqueItems",
      })
      .end(chatAnswer),
  );
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const origin = "http://localhost:3000";
  const asked: [string, object][] = [
    ["/v1/chat/completions", ask],
    ["/v1/messages", ask],
    ["/v1/responses", { model: "a", input: "hi" }],
    ["/api/chat", { ...ask, stream: false }],
    ["/v1beta/models/a:generateContent", { contents: [{ parts: [{ text: "hi" }] }] }],
  ];
  for (const [path, body] of asked) {
    const { headers } = await client.post(path, body, { headers: { origin } });
    expect([path, headers["x-schema-not-enforced"]]).toEqual([path, "uniqueItems"]);
    expect(headers["access-control-expose-headers"]).toContain("x-schema-not-enforced");
  }
});
