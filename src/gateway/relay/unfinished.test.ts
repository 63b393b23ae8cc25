/** An engine that closes its stream in good order, as if that were all. */
import { describe, expect } from "vitest";
import { type GatewayFixtures, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import type { RequestRecord } from "../../domain/request-record.ts";

const event = (data: object, name?: string) =>
  `${name === undefined ? "" : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;
const piece = (content: string, finish_reason: string | null = null, index = 0) =>
  event({ choices: [{ index, delta: { content }, finish_reason }] });
const usage = event({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } });
const done = "data: [DONE]\n\n";

const chat = { path: "/v1/chat/completions", body: { messages: [] } };
const text = { path: "/v1/completions", body: { prompt: "x" } };
const claude = { path: "/v1/messages", body: { max_tokens: 9, messages: [{ role: "user", content: "hi" }] } };
const responses = { path: "/v1/responses", body: { input: "hi", store: false } };
const ollama = { path: "/api/chat", body: { messages: [{ role: "user", content: "hi" }] } };
const gemini = {
  path: "/v1beta/models/a:streamGenerateContent?alt=sse",
  body: { contents: [{ parts: [{ text: "hi" }] }] },
};

const spoken = event({ type: "message_start", message: { id: "m" } }, "message_start");
const created = event({ type: "response.created", response: { id: "r" } }, "response.created");
const completed = (output: string) =>
  event({ type: "response.completed", response: { id: "r", output } }, "response.completed");

/** Every piece goes out by itself, as engines send it. */
async function told(
  { serve, stub }: GatewayFixtures,
  { path, body }: { path: string; body: object },
  pieces: string[],
): Promise<{ ended: string; text: string; record: RequestRecord }> {
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const one of pieces) response.write(one);
    response.end();
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const records: RequestRecord[] = [];
  const { client } = await serve(link, { records, timing: { firstCommentMs: 1e9, commentMs: 1e9 } });
  const stream = await client.open(path, {
    method: "POST",
    body: JSON.stringify({ model: "a", stream: true, ...body }),
  });
  const ended = await stream.ended;
  await expect.poll(() => records.length).toBe(1);
  return { ended, text: stream.text, record: records[0]! };
}

describe("a stream that ends without its end is cut, with an error that its clients understand", () => {
  const long = Array.from({ length: 3000 }, (_, n) => piece(`word ${n} `));
  test.for([
    ["a chat", chat, [piece("half"), piece(" a")], /\n\ndata: \{"error":\{.*"code":"engine_failed".*\}\}\n\n$/s],
    ["a chat that has its usage all the same", chat, [piece("half"), usage], /"code":"engine_failed"/],
    ["a long chat", chat, long, /"code":"engine_failed"/],
    ["a chat that quotes an end", chat, [piece('data: [DONE]\n\n"finish_reason":"stop"')], /"code":"engine_failed"/],
    ["a chat of which one choice of two is over", chat, [piece("a", null, 1), piece("b", "stop")], /"engine_failed"/],
    ["a chat within an event", chat, [piece("half"), 'data: {"choices":[{"index":0'], /\n\ndata: \{"error":\{/],
    ["a chat that its engine gave up", chat, [piece("half", "abort")], /"code":"engine_failed"/],
    ["a chat of comments", chat, [": ping\n\n"], /"code":"engine_failed"/],
    ["a text", text, [event({ choices: [{ index: 0, text: "half", finish_reason: null }] })], /"engine_failed"/],
    ["a message", claude, [spoken], /event: error\ndata: \{"type":"error","error":\{"type":"api_error"/],
    [
      "a message that quotes its end",
      claude,
      [spoken, event({ delta: { text: '"type":"message_stop"' } })],
      /api_error/,
    ],
    ["a response", responses, [created], /"type":"(?:error|response\.failed)"/],
  ] as const)("%s", async ([, asked, pieces, error], { serve, stub }) => {
    const { ended, text, record } = await told({ serve, stub }, asked, [...pieces]);
    expect(ended).toBe("broken");
    expect(text.startsWith(pieces[0]!)).toBe(true);
    expect(text.slice(-2000)).toMatch(error);
    expect(text).not.toMatch(/^data: \[DONE\]/m);
    expect(record).toMatchObject({ status: 502, problem: "engine_failed", streaming: true });
  });

  test("an answer at once that stops within its JSON", async ({ serve, stub }) => {
    for (const text of ['{"choices":[{"message":{"content":"half', '{"choices":[', "null", "  "]) {
      const engine = await stub((_, __, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.write(text);
        response.end();
      });
      const link = new TestLink({ id: "a" });
      link.engine("a", engine.origin);
      const records: RequestRecord[] = [];
      const { client } = await serve(link, { records });
      await expect(client.chat("a")).rejects.toThrow();
      expect(records).toMatchObject([{ status: 502, problem: "engine_failed" }]);
    }
  });

  test("a chat that its engine gave up, in words that have none for that", async ({ serve, stub }) => {
    const message = { role: "assistant", content: "half" };
    const engine = await stub((_, { url }, response) => {
      if (url !== chat.path) response.writeHead(404).end();
      else response.end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: "abort" }] }));
    });
    const link = new TestLink({ id: "a" });
    link.engine("a", engine.origin);
    const { client } = await serve(link);
    const { status, json } = await client.post("/v1/messages", { model: "a", ...claude.body });
    expect([status, json.error.type]).toEqual([502, "api_error"]);
  });

  test.for([
    ["Anthropic's", claude, /event: error/, /message_stop/],
    ["Responses'", responses, /"type":"(?:error|response\.failed)"/, /response\.completed/],
    ["Ollama's", ollama, /"error":/, /"done":true/],
    ["Gemini's", gemini, /"error":/, /"finishReason":"STOP"/],
  ] as const)("a chat in %s words", async ([, asked, error, end], { serve, stub }) => {
    const engine = await stub((_, { url }, response) => {
      if (url !== chat.path) response.writeHead(404).end();
      else response.writeHead(200, { "content-type": "text/event-stream" }).end(piece("half"));
    });
    const link = new TestLink({ id: "a" });
    link.engine("a", engine.origin);
    const records: RequestRecord[] = [];
    const { client } = await serve(link, { records });
    const body = JSON.stringify({ model: "a", stream: true, ...asked.body });
    const stream = await client.open(asked.path, { method: "POST", body });
    expect(await stream.ended).toBe("broken");
    expect(stream.text).toMatch(error);
    expect(stream.text).not.toMatch(end);
    await expect.poll(() => records).toMatchObject([{ status: 502, problem: "engine_failed" }]);
  });
});

describe("a stream that is whole ends as it should", () => {
  test.for([
    ["a chat whose engine only says why it ends", chat, [piece("all"), piece("", "stop")], done],
    ["a chat with its usage behind that", chat, [piece("all", "length"), usage], done],
    ["a chat of two choices", chat, [piece("a", "stop", 1), piece("b", "stop")], done],
    ["a text", text, [event({ choices: [{ index: 0, text: "all", finish_reason: "stop" }] })], done],
    ["a chat whose last event has no empty line", chat, [piece("all", "stop").trimEnd()], `\n\n${done}`],
    ["a chat that says all of it", chat, [piece("all", "stop"), done], ""],
    ["a chat that only says that it is done", chat, [piece("all"), "data: [DONE]\n"], ""],
    ["a chat whose lines end in CR and LF", chat, [piece("all"), done].map((one) => one.replaceAll("\n", "\r\n")), ""],
    ["a message", claude, [spoken, event({ type: "message_stop" }, "message_stop")], ""],
    ["a response", responses, [created, completed("all")], ""],
    ["a response that repeats a long answer in its end", responses, [created, completed("x".repeat(300_000))], ""],
  ] as const)("%s", async ([, asked, pieces, added], { serve, stub }) => {
    const { ended, text, record } = await told({ serve, stub }, asked, [...pieces]);
    expect(ended).toBe("whole");
    // Kept answers are told in our words where their events were; what they say is the engine's.
    expect(text.length).toBe(pieces.join("").length + added.length);
    expect(text.endsWith(added)).toBe(true);
    expect(record).toMatchObject({ status: 200, problem: null });
  });
});

test("an engine's own error is the end of its stream, and counted as one", async ({ serve, stub }) => {
  const error = event({ error: { message: "no GPU left", type: "InternalServerError", code: 500 } });
  for (const pieces of [
    [piece("half"), error],
    [piece("half"), error, done],
  ]) {
    const { text, record } = await told({ serve, stub }, chat, pieces);
    expect(text).toBe(pieces.join(""));
    expect(record).toMatchObject({ status: 502, problem: "engine_failed" });
  }
});

test("a connection that breaks behind the end of a stream takes nothing from it", async ({ serve, stub }) => {
  const engine = await stub((_, request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(piece("all", "stop") + done, () => request.socket.destroy());
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const stream = await client.stream("a");
  expect([await stream.ended, stream.error, stream.words]).toEqual(["whole", null, "all"]);
});

test.for(["text/event-stream", "application/json; charset=utf-8"])(
  "an engine that has nothing to say (%s) is an error, not an empty answer",
  async (type, { serve, stub }) => {
    const engine = await stub((_, __, response) => response.writeHead(200, { "content-type": type }).end());
    const link = new TestLink({ id: "a" });
    link.engine("a", engine.origin);
    const { client } = await serve(link);
    const { status, json } = await client.chat("a");
    expect([status, json.error.code]).toEqual([502, "engine_failed"]);
  },
);
