/** Finds the `model` and `stream` fields of a multipart form without taking it apart. */
import { Problem } from "../../domain/problem.ts";

export interface MultipartFields {
  model: string | null;
  /** Where the bytes of its value are; -1 where there is no such field. */
  modelStart: number;
  modelEnd: number;
  stream: boolean;
  boundary: string;
  /** Where the first part's delimiter starts. */
  firstPart: number;
}

/** The boundary that a `Content-Type: multipart/form-data` names, or null. */
export function boundaryOf(contentType: string): string | null {
  if (!/^multipart\/form-data\b/i.test(contentType)) return null;
  const found = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  return found?.[1] ?? found?.[2] ?? null;
}

/** More is no upload. */
const mostParts = 1000;
const longestHeaders = 16 * 1024;

/**
 * Null where the bytes are not such a form. A field given twice: the last one counts. Throws a Problem
 * (`invalid_request`) where it has more parts, or longer headers, than any form has.
 */
export function scanMultipart(bytes: Buffer, boundary: string): MultipartFields | null {
  const delimiter = Buffer.from(`--${boundary}`);
  const separator = Buffer.from(`\r\n--${boundary}`);
  const firstPart = bytes.indexOf(delimiter);
  if (firstPart < 0) return null;
  const fields: MultipartFields = { model: null, modelStart: -1, modelEnd: -1, stream: false, boundary, firstPart };
  let at = firstPart + delimiter.length;
  let parts = 0;
  while (!(bytes[at] === 0x2d && bytes[at + 1] === 0x2d)) {
    parts += 1;
    if (parts > mostParts) throw new Problem("invalid_request", `The form has more than ${mostParts} parts.`);
    const headersEnd = bytes.indexOf("\r\n\r\n", at);
    if (headersEnd < 0) return null;
    if (headersEnd - at > longestHeaders) {
      throw new Problem("invalid_request", `The headers of a part have more than ${longestHeaders} bytes.`);
    }
    const content = headersEnd + 4;
    const end = bytes.indexOf(separator, content - 2);
    if (end < 0) return null;
    take(fields, bytes, bytes.toString("utf8", at, headersEnd), content, Math.max(end, content));
    at = end + separator.length;
  }
  return fields;
}

function take(fields: MultipartFields, bytes: Buffer, headers: string, start: number, end: number): void {
  const name = fieldName(headers);
  if (name === "model") {
    fields.modelStart = start;
    fields.modelEnd = end;
    fields.model = bytes.toString("utf8", start, end).trim();
  } else if (name === "stream") fields.stream = bytes.toString("utf8", start, end).trim() === "true";
}

/** The name of a plain field; null for a file. */
function fieldName(headers: string): string | null {
  const disposition = headers.split("\r\n").find((line) => /^content-disposition:\s*form-data\b/i.test(line));
  if (disposition === undefined || /;\s*filename\*?=/i.test(disposition)) return null;
  const name = /;\s*name=(?:"([^"]*)"|([^\s;]+))/i.exec(disposition);
  return name?.[1] ?? name?.[2] ?? null;
}
