/**
 * An engine without a model that does what it is told: calls the tool that is offered, fills the schema that is demanded,
 * else says a sentence. For suites of others, which expect of a model that it understands them.
 */
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { valueFor } from "./value-for.ts";

const { values } = parseArgs({ options: { port: { type: "string" }, model: { type: "string" } } });
const model = values.model ?? "";

interface ChatRequest {
  messages?: { role: string; content?: unknown }[];
  tools?: { function: { name: string; parameters?: Record<string, unknown> } }[];
  tool_choice?: string | { function: { name: string } };
  response_format?: { type: string; json_schema?: { schema?: Record<string, unknown> } };
  stream?: boolean;
  stop?: string | string[];
  max_tokens?: number;
}

interface Said {
  content: string | null;
  calls: { name: string; text: string }[];
}

function answerTo({ messages = [], tools = [], tool_choice: choice, response_format: format }: ChatRequest): Said {
  const words = messages.map(({ content }) => JSON.stringify(content ?? "")).join(" ");
  const last = messages.at(-1);
  const wanted = typeof choice === "object" ? choice.function.name : null;
  const tool = tools.find(({ function: { name } }) => wanted === null || name === wanted);
  if (tool !== undefined && choice !== "none" && (wanted !== null || choice === "required" || last?.role !== "tool")) {
    const text = JSON.stringify(valueFor(tool.function.parameters ?? {}, words));
    return { content: null, calls: [{ name: tool.function.name, text }] };
  }
  if (format?.type === "json_schema") {
    return { content: JSON.stringify(valueFor(format.json_schema?.schema ?? {}, words)), calls: [] };
  }
  if (format?.type === "json_object") return { content: JSON.stringify(quoted(words)), calls: [] };
  return { content: "Hello there, my friend.", calls: [] };
}

/** "as JSON with 'name' and 'age'". */
function quoted(words: string): object {
  return Object.fromEntries([...words.matchAll(/'(\w+)'/g)].map(([, name]) => [name, "something"]));
}

/** In pieces, as engines stream. */
function deltasOf({ content, calls }: Said): object[] {
  const pieces = content?.match(/\s*\S+/g) ?? [];
  return [
    { role: "assistant", content: "" },
    ...pieces.map((piece) => ({ content: piece })),
    ...calls.flatMap(({ name, text }, index) => [
      { tool_calls: [{ index, id: `call_${index}`, type: "function", function: { name, arguments: "" } }] },
      { tool_calls: [{ index, function: { arguments: text } }] },
    ]),
  ];
}

function usageOf(request: ChatRequest, { content, calls }: Said): object {
  const prompt = Math.ceil(JSON.stringify(request.messages ?? []).length / 4);
  const answer = Math.max(1, Math.ceil((content ?? JSON.stringify(calls)).length / 4));
  return { prompt_tokens: prompt, completion_tokens: answer, total_tokens: prompt + answer };
}

createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const json = (body: object, status = 200) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  if (request.url === "/health") return json({});
  if (request.url === "/v1/models") return json({ object: "list", data: [{ id: model, object: "model" }] });
  if (request.url === "/v1/embeddings") {
    return json({ object: "list", data: [{ object: "embedding", index: 0, embedding: [0.5, 0.25] }], usage: {} });
  }
  if (request.url !== "/v1/chat/completions") return json({ error: { message: "Not Found" } }, 404);
  const asked = JSON.parse(Buffer.concat(chunks).toString()) as ChatRequest;
  const said = answerTo(asked);
  const finish = said.calls.length > 0 ? "tool_calls" : "stop";
  const head = { id: "chatcmpl-1", created: 1, model };
  if (asked.stream !== true) {
    const calls = said.calls.map(({ name, text }, index) => ({
      id: `call_${index}`,
      type: "function",
      function: { name, arguments: text },
    }));
    const message = { role: "assistant", content: said.content, ...(calls.length > 0 ? { tool_calls: calls } : {}) };
    const choices = [{ index: 0, message, finish_reason: finish }];
    return json({ ...head, object: "chat.completion", choices, usage: usageOf(asked, said) });
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  const chunk = (fields: object) =>
    response.write(`data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", ...fields })}\n\n`);
  for (const delta of deltasOf(said)) chunk({ choices: [{ index: 0, delta, finish_reason: null }] });
  chunk({ choices: [{ index: 0, delta: {}, finish_reason: finish }] });
  chunk({ choices: [], usage: usageOf(asked, said) });
  return response.end("data: [DONE]\n\n");
}).listen(Number(values.port), "127.0.0.1");
