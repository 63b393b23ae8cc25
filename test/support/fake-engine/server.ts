import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Exchange } from "./exchange.ts";
import type { FakeOptions } from "./options.ts";
import { detokenize, promptText, tokenize } from "./tokens.ts";

type Route = (exchange: Exchange, options: FakeOptions) => Promise<void> | void;

/** The routes that name a model in their body. */
const modelRoutes: Record<string, Route> = {
  "/v1/chat/completions": (exchange) => exchange.complete("chat"),
  "/v1/completions": (exchange) => exchange.complete("text"),
  "/v1/embeddings": (exchange, { model }) => {
    const inputs = [exchange.body.input].flat();
    const data = inputs.map((input, index) => ({ object: "embedding", index, embedding: embed(String(input)) }));
    const tokens = tokenize(promptText(exchange.body)).length;
    exchange.json(200, { object: "list", data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } });
  },
  "/v1/audio/transcriptions": (exchange) => exchange.json(200, { text: "what was heard" }),
  "/tokenize": (exchange, { context }) => {
    const tokens = tokenize(promptText(exchange.body));
    exchange.json(200, { count: tokens.length, max_model_len: context, tokens });
  },
  "/detokenize": (exchange) => exchange.json(200, { prompt: detokenize(exchange.body.tokens as number[]) }),
};

export function createFakeServer(options: FakeOptions): Server {
  const gates = new Map<string, () => void>();
  return createServer((request, response) => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    if (path.startsWith("/fake/")) return control(path, response, options, gates);
    if (path === "/health") return reply(response, performance.now() >= options.healthyAt ? 200 : 503, "");
    // As vLLM, whose key guards /v1 alone.
    if (path === "/metrics") return reply(response, 200, metrics(options));
    if (options.key !== null && request.headers.authorization !== `Bearer ${options.key}`) {
      request.resume();
      return reply(response, 401, { error: "Unauthorized" });
    }
    if (path === "/version") return reply(response, 200, { version: "0.0.0-fake" });
    if (path === "/v1/models") return reply(response, 200, modelList(options));
    const route = modelRoutes[path];
    if (!route || request.method !== "POST") return reply(response, 404, { detail: "Not Found" });
    serve(route, request, response, options, gates).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
}

async function serve(
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
  options: FakeOptions,
  gates: Map<string, () => void>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const exchange = new Exchange(request, response, Buffer.concat(chunks), options, gates);
  if (await exchange.settled()) return;
  const { model } = exchange.body;
  if (model !== undefined && model !== options.model) {
    const message = `The model \`${String(model)}\` does not exist.`;
    return exchange.json(404, { error: { message, type: "NotFoundError", param: "model", code: 404 } });
  }
  if (options.neverAnswers) {
    return exchange.json(500, { error: { message: "EngineCore is dead", type: "InternalServerError", code: 500 } });
  }
  await route(exchange, options);
}

/** Routes for the tests alone; no key. */
function control(path: string, response: ServerResponse, options: FakeOptions, gates: Map<string, () => void>): void {
  if (path === "/fake/stats") {
    const { events, running, peak } = options.stats;
    reply(response, 200, { pid: process.pid, model: options.model, running, peak, events });
    return;
  }
  const tag = path.slice("/fake/gate/".length);
  const open = gates.get(tag);
  gates.delete(tag);
  open?.();
  reply(response, open ? 200 : 404, { opened: open !== undefined });
}

function modelList(options: FakeOptions): unknown {
  const entry = { id: options.model, object: "model", owned_by: "fake", max_model_len: options.context };
  return { object: "list", data: [entry] };
}

function metrics({ stats, model }: FakeOptions): string {
  const label = `{model_name="${model}"}`;
  return [
    "# TYPE vllm:num_requests_running gauge",
    `vllm:num_requests_running${label} ${stats.running}`,
    "# TYPE vllm:request_success_total counter",
    `vllm:request_success_total${label} ${stats.count("done")}`,
    "",
  ].join("\n");
}

/** Four numbers that depend on the text alone. */
function embed(text: string): number[] {
  const bytes = tokenize(text);
  return [0, 1, 2, 3].map(
    (lane) => bytes.reduce((sum, byte, index) => (index % 4 === lane ? sum + byte : sum), 0) / 255,
  );
}

function reply(response: ServerResponse, status: number, value: unknown): void {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  response.writeHead(status, { "content-type": typeof value === "string" ? "text/plain" : "application/json" });
  response.end(text);
}
