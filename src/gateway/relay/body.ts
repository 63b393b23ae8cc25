/** Reads a request's body once, as bytes. */
import type { IncomingMessage } from "node:http";
import { Problem } from "../../domain/problem.ts";

/** Resolves with null where the client went away. Rejects with a Problem (`request_too_large`). */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared > maxBytes) return Promise.reject(tooLarge(maxBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(tooLarge(maxBytes));
      }
    });
    request.on("end", () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, bytes)));
    request.on("error", () => resolve(null));
    request.on("close", () => resolve(null));
  });
}

function tooLarge(maxBytes: number): Problem {
  return new Problem(
    "request_too_large",
    `The body is larger than the ${maxBytes} bytes that this server takes. Send less, or raise limits.body.`,
  );
}
