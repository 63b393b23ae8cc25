/** An engine that says, in its own words, that a prompt does not fit: its client hears what makes it shorten the prompt. */
import { expect } from "vitest";
import { test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";

const error = {
  code: 400,
  message: "request (9000 tokens) exceeds the available context size (8192 tokens)",
  type: "x",
};
const sentence = /^This model's maximum context length is 8192 tokens\. However, you requested 9000 tokens/;
const hi = [{ role: "user", content: "hi" }];
const tools = [{ type: "function", function: { name: "read" } }];

/** A status is said only where no word of waiting went out before it, however slow the machine is. */
const silent = { timing: { firstCommentMs: Number.POSITIVE_INFINITY } };

const event = `data: ${JSON.stringify({ error })}\n\n`;
const answers = {
  "with its own status": { status: 400, type: "application/json", body: JSON.stringify({ error }) },
  "as if it had failed itself": { status: 500, type: "application/json", body: JSON.stringify({ error }) },
  "as its whole answer": { status: 200, type: "application/json", body: JSON.stringify({ error }) },
  "in a stream's first event": { status: 200, type: "text/event-stream", body: event },
  "in a named event": { status: 200, type: "text/event-stream", body: `event: error\n${event}data: [DONE]\n\n` },
};

test.for(Object.entries(answers))("%s", async ([, { status, type, body }], { serve, stub }) => {
  const engine = await stub((_, { url }, response) =>
    url === "/v1/messages"
      ? response.writeHead(404).end()
      : response.writeHead(status, { "content-type": type }).end(body),
  );
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link, silent);
  for (const stream of [true, false]) {
    for (const more of [{}, { tools }]) {
      const { status: told, json } = await client.chat("a", { stream, ...more });
      expect([told, json.error.code, json.error.context_window]).toEqual([400, "context_length_exceeded", 8192]);
      expect(json.error.message).toMatch(sentence);
    }
    const claude = await client.post("/v1/messages", { model: "a", max_tokens: 9, messages: hi, stream });
    expect([claude.status, claude.json.error.type]).toEqual([400, "invalid_request_error"]);
    expect(claude.json.error.message).toMatch(/^prompt is too long: 9000 tokens > 8192 maximum/);
  }
});

test("any other error passes as the engine said it, in a stream too", async ({ serve, stub }) => {
  const other = `data: ${JSON.stringify({ error: { message: "no GPU left", code: 500 } })}\n\n`;
  const engine = await stub((_, __, response) =>
    response.writeHead(200, { "content-type": "text/event-stream" }).end(other),
  );
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link, silent);
  const { status, text } = await client.chat("a", { stream: true });
  expect([status, text]).toEqual([200, other]);
});

test("words that speak of a window are an answer", async ({ serve, stub }) => {
  const content = 'They said "error": maximum context length';
  const said = `data: ${JSON.stringify({ choices: [{ delta: { content }, index: 0, finish_reason: "stop" }] })}\n\n`;
  const engine = await stub((_, __, response) =>
    response.writeHead(200, { "content-type": "text/event-stream" }).end(said),
  );
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link, silent);
  const { text } = await client.chat("a", { stream: true });
  expect(text.startsWith(said)).toBe(true);
});
