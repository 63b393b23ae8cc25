import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json as readJson } from "node:stream/consumers";
import { expect } from "vitest";
import { test } from "../support/e2e.ts";
import { until } from "../support/until.ts";

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: Record<string, unknown> }[];
}

/** A collector, as far as OTLP over HTTP goes: takes spans as JSON. */
async function collector() {
  const spans: Span[] = [];
  const texts: string[] = [];
  const server = createServer(async (request, response) => {
    const body = (await readJson(request)) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    texts.push(`${request.url} ${JSON.stringify(body)}`);
    spans.push(...body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    response.setHeader("content-type", "application/json").end("{}");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { spans, texts, endpoint, close: () => server.close() };
}

const traceId = "0af7651916cd43dd8448eb211c80319c";
const clientSpan = "b7ad6b7169203331";

test("a request is a trace: gateway, wait, load and engine, which is told of it", async ({ start }) => {
  const { spans, texts, endpoint, close } = await collector();
  try {
    const hearth = await start({
      models: [{ id: "a" }],
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
    });
    const headers = { traceparent: `00-${traceId}-${clientSpan}-01`, tracestate: "vendor=x" };
    const messages = [{ role: "user", content: "MARKER-OF-THE-PROMPT" }];
    const { json } = await hearth.chat("a", { messages, fake: { echo: true } }, { headers });
    await hearth.chat("MARKER-OF-A-NAME", { messages }, { headers });
    await until("both requests' spans", () => spans.filter(({ name }) => name.startsWith("POST ")).length === 2);
    const named = (name: string) => spans.find((span) => span.name === name)!;
    const [root, wait, load, engine] = ["POST /v1/chat/completions", "wait", "load", "engine"].map(named);
    expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
    expect(root!.parentSpanId).toBe(clientSpan);
    expect(wait!.parentSpanId).toBe(root!.spanId);
    expect(load!.parentSpanId).toBe(wait!.spanId);
    expect(engine!.parentSpanId).toBe(root!.spanId);
    expect(json.headers).toMatchObject({ traceparent: `00-${traceId}-${engine!.spanId}-01`, tracestate: "vendor=x" });
    for (const { startTimeUnixNano, endTimeUnixNano } of spans) {
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
    }
    expect(root!.attributes).toContainEqual({ key: "gen_ai.request.model", value: { stringValue: "a" } });
    const all = texts.join("\n");
    expect(all).toMatch(/^\/v1\/traces /);
    expect(all).not.toContain("MARKER");
  } finally {
    close();
  }
});
