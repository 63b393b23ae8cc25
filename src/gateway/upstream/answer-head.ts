/** The head of an engine's answer: status, headers, and how its body ends. */
import type { IncomingHttpHeaders } from "node:http";

export interface AnswerHead {
  status: number;
  /** Names in lower case. */
  headers: IncomingHttpHeaders;
  body: BodyEnd;
  /** The connection may carry another request after this answer. */
  keepAlive: boolean;
}

/** After so many bytes, at the end of the chunks, or when the connection closes. */
export type BodyEnd = { by: "length"; bytes: number } | { by: "chunks" } | { by: "close" };

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\0-\x08\n-\x1f\x7f]/;

/** `text`: everything before the empty line. Throws where it is not HTTP/1. */
export function parseHead(text: string): AnswerHead {
  const status = /^HTTP\/1\.[01] ([1-5]\d\d)(?: |$)/.exec(text.slice(0, 14).split("\r", 1)[0]!)?.[1];
  if (status === undefined) throw new Error("it does not speak HTTP/1.1");
  const headers: IncomingHttpHeaders = {};
  for (let at = text.indexOf("\r\n"); at >= 0; ) {
    const end = text.indexOf("\r\n", at + 2);
    addHeader(headers, text.slice(at + 2, end < 0 ? undefined : end));
    at = end;
  }
  const body = bodyEnd(Number(status), headers);
  const connection = headers.connection?.toLowerCase();
  const persistent = text.startsWith("HTTP/1.1") ? connection !== "close" : connection === "keep-alive";
  return { status: Number(status), headers, body, keepAlive: persistent && body.by !== "close" };
}

function addHeader(headers: IncomingHttpHeaders, line: string): void {
  const colon = line.indexOf(":");
  const name = line.slice(0, colon).toLowerCase();
  if (colon < 1 || !/^[!-~]+$/.test(name)) throw new Error("a line of its answer's head is no header");
  const value = line.slice(colon + 1).trim();
  if (controls.test(value)) throw new Error("a header of its answer has control characters");
  if (name === "set-cookie") headers[name] = [...(headers[name] ?? []), value];
  else headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}, ${value}` : value;
}

function bodyEnd(status: number, headers: IncomingHttpHeaders): BodyEnd {
  if (status === 204 || status === 304) return { by: "length", bytes: 0 };
  const encoding = headers["transfer-encoding"];
  if (encoding !== undefined) {
    // A length beside it is not the body's, and is not to be passed on.
    delete headers["content-length"];
    if (encoding.toLowerCase() === "chunked") return { by: "chunks" };
    throw new Error(`it uses the transfer encoding ${encoding}`);
  }
  const length = headers["content-length"];
  if (length === undefined) return { by: "close" };
  if (!/^\d{1,15}$/.test(length)) throw new Error("its content-length is no number");
  return { by: "length", bytes: Number(length) };
}
