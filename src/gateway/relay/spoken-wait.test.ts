/** With `policy.showWaiting: thinking` a person reads of the wait where the model's thoughts stand, then the answer. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { expect } from "vitest";
import { engineStream, said } from "../../../test/support/dialects/engine-stream.ts";
import { eventsIn } from "../../../test/support/dialects/events-in.ts";
import { planFor, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";

const thinking = { policy: { showWaiting: "thinking" as const } };
const messages = [{ role: "user", content: "hi" }];
const contents = [{ role: "user", parts: [{ text: "hi" }] }];
const waited = "Waiting for a: loading, 40 %, about 12 s left.\n";
const queued = "Waiting for a: queued.\n";

/** Has every route, and knows only chats. */
function chatting(_: Buffer, { url }: IncomingMessage, response: ServerResponse): void {
  const known = url === "/v1/chat/completions";
  response.writeHead(known ? 200 : 500, { "content-type": "text/event-stream" });
  response.end(known ? engineStream([said.text("hello"), said.finish("stop")]).join("") : "{}");
}

// biome-ignore lint/suspicious/noExplicitAny: answers of five APIs
type Said = { thoughts: (text: string) => any[]; words: (text: string) => any[] };
const data = (text: string) => eventsIn(text.replace("data: [DONE]", "")).map((one) => one.data);
// biome-ignore lint/suspicious/noExplicitAny: answers of five APIs
const lines = (text: string): any[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const joined = (parts: unknown[]) => parts.filter((part) => part !== undefined && part !== null).join("");

const ways: [string, string, object, Said][] = [
  [
    "OpenAI",
    "/v1/chat/completions",
    { messages },
    {
      thoughts: (text) => data(text).map((one) => one.choices?.[0]?.delta?.reasoning_content),
      words: (text) => data(text).map((one) => one.choices?.[0]?.delta?.content),
    },
  ],
  [
    "Anthropic",
    "/v1/messages",
    { messages, max_tokens: 9 },
    {
      thoughts: (text) => data(text).map((one) => one.delta?.thinking),
      words: (text) => data(text).map((one) => one.delta?.text),
    },
  ],
  [
    "Responses",
    "/v1/responses",
    { input: "hi" },
    {
      thoughts: (text) => data(text).map((one) => (one.type === "response.reasoning_text.delta" ? one.delta : null)),
      words: (text) => data(text).map((one) => (one.type === "response.output_text.delta" ? one.delta : null)),
    },
  ],
  [
    "Ollama",
    "/api/chat",
    { messages },
    {
      thoughts: (text) => lines(text).map((one) => one.message.thinking),
      words: (text) => lines(text).map((one) => one.message.content),
    },
  ],
  [
    "Gemini",
    "/v1beta/models/a:streamGenerateContent?alt=sse",
    { contents },
    {
      thoughts: (text) => parts(data(text)).map((part) => (part.thought ? part.text : null)),
      words: (text) => parts(data(text)).map((part) => (part.thought ? null : part.text)),
    },
  ],
  [
    "Gemini's array",
    "/v1beta/models/a:streamGenerateContent",
    { contents },
    {
      thoughts: (text) => parts(JSON.parse(text)).map((part) => (part.thought ? part.text : null)),
      words: (text) => parts(JSON.parse(text)).map((part) => (part.thought ? null : part.text)),
    },
  ],
];

// biome-ignore lint/suspicious/noExplicitAny: Gemini's pieces
function parts(pieces: any[]): any[] {
  return pieces.flatMap((piece) => piece.candidates?.[0]?.content?.parts ?? []);
}

test.for(ways)(
  "in %s's words, once for each news, in one stream with the answer",
  async ([, path, body, read], { serve, stub }) => {
    const engine = await stub(chatting);
    const link = new TestLink({ id: "a" });
    const { client } = await serve(link, thinking);
    const stream = await client.open(path, {
      method: "POST",
      body: JSON.stringify({ model: "a", stream: true, ...body }),
    });
    await stream.until("the wait", ({ text }) => text.includes("loading, 40 %"));
    link.progress = { place: 1, phase: "queued", percent: null, secondsLeft: null };
    await stream.until("more of it", ({ text }) => text.includes("queued"));
    link.engine("a", engine.origin);
    expect(await stream.ended).toBe("whole");
    expect(joined(read.thoughts(stream.text))).toMatch(
      new RegExp(`^${RegExp.escape(waited + queued)}(?:Waiting for a: processing the prompt\\.\n)?$`),
    );
    expect(joined(read.words(stream.text))).toBe("hello");
  },
);

test("Anthropic's events are one message: thoughts are a block of their own, closed before the answer", async ({
  serve,
  stub,
}) => {
  const engine = await stub(chatting);
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link, thinking);
  const ask = JSON.stringify({ model: "a", stream: true, messages, max_tokens: 9 });
  const stream = await client.open("/v1/messages", { method: "POST", body: ask });
  await stream.until("the wait", ({ text }) => text.includes("loading, 40 %"));
  link.engine("a", engine.origin);
  await stream.ended;
  const order = data(stream.text).map((one) => [one.type, one.index].filter((part) => part !== undefined).join(" "));
  expect([...new Set(order)].filter((one) => one !== "ping")).toEqual([
    "message_start",
    "content_block_start 0",
    "content_block_delta 0",
    "content_block_stop 0",
    "content_block_start 1",
    "content_block_delta 1",
    "content_block_stop 1",
    "message_delta",
    "message_stop",
  ]);
  expect(order.filter((one) => one === "message_start")).toHaveLength(1);
});

test("not in an answer that comes at once, nor in a text that goes on, nor unless it is wanted", async ({
  serve,
  stub,
}) => {
  const link = new TestLink({ id: "a" });
  const { client, apply } = await serve(link, thinking);
  const text = await client.open("/v1/completions", {
    method: "POST",
    body: '{"model":"a","stream":true,"prompt":"hi"}',
  });
  await text.until("a comment", ({ comments }) => comments.length > 0);
  const whole = client.chat("a");
  apply(planFor({ policy: { showWaiting: "comment" } }));
  const usual = await client.stream("a");
  await usual.until("a comment", ({ comments }) => comments.length > 0);
  const engine = await stub((body, _, response) => {
    if (body.includes('"stream":true'))
      response.writeHead(200, { "content-type": "text/event-stream" }).end("data: [DONE]\n\n");
    else response.end('{"choices":[{"message":{"content":"yes"},"finish_reason":"stop"}]}');
  });
  link.engine("a", engine.origin);
  await Promise.all([text.ended, usual.ended]);
  for (const answer of [(await whole).text, text.text, usual.text]) expect(answer).not.toContain("Waiting for");
});

test("a wait that ends in a refusal ends as a broken answer does", async ({ serve }) => {
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link, thinking);
  const body = JSON.stringify({ contents });
  const stream = await client.open("/v1beta/models/a:streamGenerateContent", { method: "POST", body });
  await stream.until("the wait", ({ text }) => text.includes("loading, 40 %"));
  link.refuse({ code: "model_unavailable", message: "It failed three times." });
  expect(await stream.ended).toBe("broken");
  expect(JSON.parse(stream.text).at(-1).error.message).toBe("It failed three times.");
});
