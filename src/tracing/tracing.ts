/** Traces of requests, where OpenTelemetry's own variables name a collector. Off, they cost nothing. */
import type { RequestRecord } from "../domain/request-record.ts";
import { exportTo } from "./export.ts";
import { spansOf, type TracedRequest } from "./spans.ts";
import { contextOf, headerOf, newSpanId } from "./trace-context.ts";

/** What the gateway tells of its requests: `Tracing` of gateway/observe. */
export interface OtlpTracing {
  begin(id: string, headers: NodeJS.Dict<string | string[]>): void;
  asked(id: string): string | null;
  finished(record: RequestRecord): void;
  /** Sends what is left. */
  close(): Promise<void>;
}

/** Null where no variable names a collector. */
export function tracingFrom(env: NodeJS.ProcessEnv, version: string): OtlpTracing | null {
  const url = collectorUrl(env);
  if (url === null) return null;
  const service = { name: env.OTEL_SERVICE_NAME || "hearth", version };
  const exporter = exportTo({ url, headers: headersFrom(env.OTEL_EXPORTER_OTLP_HEADERS ?? ""), service });
  const running = new Map<string, TracedRequest>();
  return {
    begin(id, { traceparent }) {
      running.set(id, { ...contextOf(traceparent), rootId: newSpanId(), asked: [] });
    },
    asked(id) {
      const request = running.get(id);
      if (request === undefined) return null;
      const spanId = newSpanId();
      request.asked.push({ spanId, atMs: Date.now() });
      return headerOf(request, spanId);
    },
    finished(record) {
      const request = running.get(record.id);
      running.delete(record.id);
      if (request?.sampled === true) exporter.add(spansOf(request, record));
    },
    close: exporter.close,
  };
}

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
function collectorUrl(env: NodeJS.ProcessEnv): string | null {
  if (env.OTEL_SDK_DISABLED === "true" || env.OTEL_TRACES_EXPORTER === "none") return null;
  if (env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) return env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  return base ? `${base.replace(/\/+$/, "")}/v1/traces` : null;
}

/** `name=value,name=value`, percent-encoded. */
export function headersFrom(text: string): Record<string, string> {
  const pairs = text.split(",").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at <= 0 ? [] : [[pair.slice(0, at).trim().toLowerCase(), decoded(pair.slice(at + 1).trim())]];
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
