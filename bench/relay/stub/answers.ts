/** The fixed bytes that the stub engine answers with, built once. */

/** Stands once in every event and nowhere else, so that a reader counts events by counting this byte. */
export const eventMark = "~";

const body = JSON.stringify({
  id: "chatcmpl-0123456789abcdef",
  object: "chat.completion",
  created: 1_760_000_000,
  model: "bench",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: "The relay adds as little as it can to an answer. ".repeat(10) },
      logprobs: null,
      finish_reason: "stop",
    },
  ],
  usage: { prompt_tokens: 420, completion_tokens: 110, total_tokens: 530 },
});

const event = `data: ${JSON.stringify({
  id: "chatcmpl-0123456789abcdef",
  object: "chat.completion.chunk",
  created: 1_760_000_000,
  model: "bench",
  choices: [{ index: 0, delta: { content: `${eventMark}word` }, logprobs: null, finish_reason: null }],
})}\n\n`;

const json = (status: string, text: string) =>
  Buffer.from(`HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`);

export const completion = json("200 OK", body);
export const healthy = json("200 OK", "{}");
export const loading = json("503 Service Unavailable", "{}");
export const modelList = (id: string) =>
  json("200 OK", JSON.stringify({ object: "list", data: [{ id, object: "model" }] }));

/** Head of an event stream without end. */
export const streamHead = Buffer.from(
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n",
);
/** One event in a chunk of its own, as an engine writes one token. */
export const streamChunk = Buffer.from(`${event.length.toString(16)}\r\n${event}\r\n`);
