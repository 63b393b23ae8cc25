/** An engine may fall silent in the middle of its answer: its client, and every proxy in between, still hears something. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { expect } from "vitest";
import { engineStream, said } from "../../../test/support/dialects/engine-stream.ts";
import { test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";

const events = engineStream([said.text("one"), said.text(" two"), said.finish("stop")]);
const messages = [{ role: "user", content: "hi" }];
const contents = [{ role: "user", parts: [{ text: "hi" }] }];

const ways = [
  ["OpenAI", "/v1/chat/completions", { messages }, /^: hearth place=0 phase="answering"$/m],
  ["Responses", "/v1/responses", { input: "hi" }, /^: hearth place=0 phase="answering"$/m],
  ["Anthropic", "/v1/messages", { messages, max_tokens: 9 }, /^event: ping\ndata: .*"answering"/m],
  ["Ollama", "/api/chat", { messages }, / +\{"model"/],
  ["Ollama's generate", "/api/generate", { prompt: "hi" }, / +\{"model"/],
  ["Gemini", "/v1beta/models/a:streamGenerateContent?alt=sse", { contents }, /\n\n\n\n/],
  ["Gemini's array", "/v1beta/models/a:streamGenerateContent", { contents }, /^\s*\[\{.*\}\n+,\n\{/s],
] as const;

/** Answers chats alone, in these pieces, the rest when the gate opens. */
function silentAfter(first: string, rest: string, gate: Promise<void>) {
  return async (_: Buffer, { url }: IncomingMessage, response: ServerResponse) => {
    if (url !== "/v1/chat/completions") return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "private" });
    response.write(first);
    await gate;
    response.end(rest);
  };
}

test.for(ways)("in %s's words", async ([, path, body, sign], { serve, stub }) => {
  const gate = Promise.withResolvers<void>();
  const engine = await stub(silentAfter(events.slice(0, 2).join(""), events.slice(2).join(""), gate.promise));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const stream = await client.open(path, {
    method: "POST",
    body: JSON.stringify({ model: "a", stream: true, ...body }),
  });
  expect(stream.headers).toMatchObject({ "cache-control": "no-cache", "x-accel-buffering": "no" });
  await stream.until("its first word", ({ text }) => text.includes("one"));
  const { length } = stream.text;
  await stream.until("signs of life", ({ text }) => text.length >= length + 3);
  gate.resolve();
  expect(await stream.ended).toBe("whole");
  expect(stream.text).toMatch(sign);
  expect(stream.text).toContain(" two");
});

test("never inside an event, which the engine may leave half said", async ({ serve, stub }) => {
  const text = events.join("");
  const half = text.indexOf(" two");
  const gate = Promise.withResolvers<void>();
  const engine = await stub(silentAfter(text.slice(0, half), text.slice(half), gate.promise));
  const link = new TestLink({ id: "a" }, { id: "b" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const [stream, other] = await Promise.all([client.stream("a"), client.stream("b")]);
  await stream.until("its first word", (one) => one.text.includes("one"));
  // One who waits is told so all the time.
  const { length } = other.comments;
  await other.until("three comments", ({ comments }) => comments.length >= length + 3);
  gate.resolve();
  expect(await stream.ended).toBe("whole");
  expect(stream.events.map(({ data }) => `data: ${data}\n\n`)).toEqual(events);
  expect(stream.text.slice(stream.text.indexOf("one"))).toBe(text.slice(text.indexOf("one")));
  other.abort();
});

test("a stream that the engine has counted gets them too, and one that is compressed none", async ({ serve, stub }) => {
  const text = events.join("");
  const gate = Promise.withResolvers<void>();
  const engine = await stub(async (body, _, response) => {
    const coding = body.includes("zipped") ? { "content-encoding": "gzip" } : {};
    response.writeHead(200, { "content-type": "text/event-stream", "content-length": text.length, ...coding });
    response.write(events[0]);
    await gate.promise;
    response.end(events.slice(1).join(""));
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const [counted, zipped] = await Promise.all([client.stream("a"), client.stream("a", { user: "zipped" })]);
  await counted.until("two comments", ({ comments }) => comments.length >= 2);
  gate.resolve();
  expect([await counted.ended, await zipped.ended]).toEqual(["whole", "whole"]);
  expect(counted.events.map(({ data }) => `data: ${data}\n\n`)).toEqual(events);
  expect(zipped.text).toBe(text);
});
