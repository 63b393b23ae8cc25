import { expect, test } from "vitest";
import type { RequestRecord } from "../domain/request-record.ts";
import { otlpBody } from "./otlp.ts";
import { spansOf } from "./spans.ts";
import { contextOf, headerOf } from "./trace-context.ts";
import { headersFrom, tracingFrom } from "./tracing.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const parentId = "b7ad6b7169203331";

test("a trace that a client has begun goes on, and a new one begins where it says none or nonsense", () => {
  expect(contextOf(`00-${traceId}-${parentId}-01`)).toEqual({ traceId, parentId, sampled: true });
  expect(contextOf(`00-${traceId}-${parentId}-00`).sampled).toBe(false);
  expect(contextOf(`cc-${traceId}-${parentId}-01-more`)).toEqual({ traceId, parentId, sampled: true });
  const wrong = [undefined, "", "x", `ff-${traceId}-${parentId}-01`, `00-${"0".repeat(32)}-${parentId}-01`, ["a", "b"]];
  for (const header of wrong) {
    const { traceId: own, ...rest } = contextOf(header);
    expect(own).toMatch(/^[0-9a-f]{32}$/);
    expect(rest).toEqual({ parentId: null, sampled: true });
  }
  expect(headerOf({ traceId, parentId, sampled: false }, parentId)).toBe(`00-${traceId}-${parentId}-00`);
});

const record: RequestRecord = {
  ...{ id: "1", at: 1000, key: "ann", api: "OpenAI", route: "/v1/chat/completions", modelAsked: "x", modelServed: "a" },
  ...{ status: 200, problem: null, streaming: true, caused: "load", fixups: [], requestBytes: 1, answerBytes: 1 },
  ...{ waitMs: 5000, loadMs: 4000, firstByteMs: 5500, totalMs: 8000, machineMs: 3000, tokensPerSecond: 20 },
  tokens: { in: 10, out: 20, cached: 0, reasoning: 0, estimated: false },
};
const request = { traceId, parentId, sampled: true, rootId: "r" };

test("a request's spans lie within it, each in its place", () => {
  const asked = [
    { spanId: "e1", atMs: 1_005_000 },
    { spanId: "e2", atMs: 1_006_000 },
  ];
  const spans = spansOf({ ...request, asked }, record);
  expect(spans.map(({ name, startMs, endMs, isError }) => [name, startMs, endMs, isError])).toEqual([
    ["POST /v1/chat/completions", 1_000_000, 1_008_000, false],
    ["wait", 1_000_000, 1_005_000, false],
    ["load", 1_001_000, 1_005_000, false],
    ["engine", 1_005_000, 1_006_000, true],
    ["engine", 1_006_000, 1_008_000, false],
  ]);
  expect(spans[0]!.parentId).toBe(parentId);
  expect(spans[2]!.parentId).toBe(spans[1]!.spanId);
  expect(JSON.stringify(spans)).not.toContain("ann");
});

test("a refused request is its own span alone", () => {
  const refused = { ...record, status: 404, waitMs: null, loadMs: null, firstByteMs: null, tokens: null };
  expect(spansOf({ ...request, asked: [] }, { ...refused, problem: "model_not_found" })).toMatchObject([
    { isError: false, attributes: { "error.type": "model_not_found" } },
  ]);
});

test("times are nanoseconds as text, and whole numbers too, as OTLP's JSON wants them", () => {
  const body = JSON.parse(otlpBody(spansOf({ ...request, asked: [] }, record), { name: "h", version: "1" }));
  const [root] = body.resourceSpans[0].scopeSpans[0].spans;
  expect(root).toMatchObject({ traceId, parentSpanId: parentId, kind: 2, startTimeUnixNano: "1000000000000" });
  expect(root.attributes).toContainEqual({ key: "http.response.status_code", value: { intValue: "200" } });
});

test("nothing is traced where no collector is named, or it is switched off", () => {
  for (const env of [
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: "" },
    { OTEL_EXPORTER_OTLP_ENDPOINT: "http://x", OTEL_SDK_DISABLED: "true" },
  ]) {
    expect(tracingFrom(env, "1")).toBeNull();
  }
  expect(headersFrom("Authorization=Bearer%20x, a = b ,=,nonsense")).toEqual({ authorization: "Bearer x", a: "b" });
});
