/** W3C's trace context (https://www.w3.org/TR/trace-context/): which trace a request is a part of. */
import { randomBytes } from "node:crypto";

export interface TraceContext {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** The span that the request comes from; null where it begins the trace. 16 hexadecimal digits. */
  parentId: string | null;
  /** False: whoever began the trace does not want it to be kept. */
  sampled: boolean;
}

/** Later versions may say more behind it. */
const traceparent = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:$|-)/;

/** Of an incoming header; a new trace where it says none, or nonsense. */
export function contextOf(header: string | string[] | undefined): TraceContext {
  const [, version, traceId, parentId, flags] = traceparent.exec(typeof header === "string" ? header.trim() : "") ?? [];
  if (traceId === undefined || version === "ff" || /^0+$/.test(traceId) || /^0+$/.test(parentId!)) {
    return { traceId: randomBytes(16).toString("hex"), parentId: null, sampled: true };
  }
  return { traceId, parentId: parentId!, sampled: (Number.parseInt(flags!, 16) & 1) === 1 };
}

export function newSpanId(): string {
  return randomBytes(8).toString("hex");
}

/** What a part of this span is told. */
export function headerOf({ traceId, sampled }: TraceContext, spanId: string): string {
  return `00-${traceId}-${spanId}-0${sampled ? 1 : 0}`;
}
