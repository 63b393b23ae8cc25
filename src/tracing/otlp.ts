/** Spans in the JSON form of OTLP 1.5 (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). */
import type { Span } from "./spans.ts";

const kinds = { internal: 1, server: 2, client: 3 } as const;
const errorStatus = 2;

/** The body of one `POST /v1/traces`. */
export function otlpBody(spans: readonly Span[], service: { name: string; version: string }): string {
  const resource = attributes({ "service.name": service.name, "service.version": service.version });
  const scope = { name: "hearth", version: service.version };
  const scopeSpans = [{ scope, spans: spans.map(encoded) }];
  return JSON.stringify({ resourceSpans: [{ resource: { attributes: resource }, scopeSpans }] });
}

function encoded({ traceId, spanId, parentId, name, kind, startMs, endMs, attributes: own, isError }: Span): object {
  return {
    ...{ traceId, spanId, ...(parentId === null ? {} : { parentSpanId: parentId }), name, kind: kinds[kind] },
    ...{ startTimeUnixNano: nanoseconds(startMs), endTimeUnixNano: nanoseconds(endMs) },
    attributes: attributes(own),
    ...(isError ? { status: { code: errorStatus } } : {}),
  };
}

/** 64 bits, which JSON's numbers do not hold. */
function nanoseconds(milliseconds: number): string {
  return (BigInt(Math.round(milliseconds * 1000)) * 1000n).toString();
}

function attributes(values: Span["attributes"]): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: encodedValue(value) }));
}

function encodedValue(value: string | number | boolean): object {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
