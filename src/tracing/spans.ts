/** A finished request as spans: the request, its wait, the load within it, and its engine. */
import type { RequestRecord } from "../domain/request-record.ts";
import { newSpanId, type TraceContext } from "./trace-context.ts";

/** Times are milliseconds since the epoch. */
export interface Span {
  traceId: string;
  spanId: string;
  parentId: string | null;
  name: string;
  /** `server`: asked by somebody. `client`: asks somebody. */
  kind: "internal" | "server" | "client";
  startMs: number;
  endMs: number;
  attributes: Record<string, string | number | boolean>;
  isError: boolean;
}

export interface TracedRequest extends TraceContext {
  rootId: string;
  /** Each engine that was asked, the last one last, and when. */
  asked: { spanId: string; atMs: number }[];
}

export function spansOf(request: TracedRequest, record: RequestRecord): Span[] {
  const { traceId, parentId, rootId, asked } = request;
  const { waitMs, loadMs, status, problem } = record;
  const startMs = record.at * 1000;
  const endMs = startMs + record.totalMs;
  const part = (name: string, of: string, from: number, to: number, own: Partial<Span> = {}): Span => ({
    ...{ traceId, spanId: newSpanId(), parentId: of, name, kind: "internal" },
    ...{ startMs: Math.max(startMs, Math.min(from, endMs)), endMs: Math.min(Math.max(from, to), endMs) },
    ...{ attributes: {}, isError: false },
    ...own,
  });
  const root = part(`POST ${record.route}`, "", startMs, endMs, {
    ...{ spanId: rootId, parentId, kind: "server", attributes: attributesOf(record), isError: status >= 500 },
  });
  const granted = startMs + (waitMs ?? 0);
  const wait = waitMs === null ? [] : [part("wait", rootId, startMs, granted)];
  const load = wait.length > 0 && loadMs ? [part("load", wait[0]!.spanId, granted - loadMs, granted)] : [];
  const engines = asked.map(({ spanId, atMs }, index) =>
    part("engine", rootId, atMs, asked[index + 1]?.atMs ?? endMs, {
      // One that another was asked after has failed.
      ...{ spanId, kind: "client", isError: index < asked.length - 1 || problem !== null },
      attributes: record.modelServed === null ? {} : { "gen_ai.request.model": record.modelServed },
    }),
  );
  return [root, ...wait, ...load, ...engines];
}

/** By OpenTelemetry's names where it has one. What a client calls a model may be anything: only what there is goes out. */
function attributesOf(record: RequestRecord): Span["attributes"] {
  const { id, route, status, problem, modelServed, tokens, firstByteMs, streaming } = record;
  return {
    ...{ "http.request.method": "POST", "http.route": route, "http.response.status_code": status },
    ...{ "hearth.request.id": id, "hearth.streaming": streaming },
    ...(modelServed === null ? {} : { "gen_ai.request.model": modelServed }),
    ...(firstByteMs === null ? {} : { "hearth.first_byte_seconds": firstByteMs / 1000 }),
    ...(tokens === null ? {} : { "gen_ai.usage.input_tokens": tokens.in, "gen_ai.usage.output_tokens": tokens.out }),
    ...(problem === null ? {} : { "error.type": problem }),
  };
}
