/** Reads a request's body once, as bytes. */
import type { IncomingMessage } from "node:http";
import { Problem } from "../../domain/problem.ts";

/** Resolves with null where the client went away. Rejects with a Problem (`request_too_large`). */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared > maxBytes) return Promise.reject(tooLarge(maxBytes));
  return new Promise((resolve, reject) => {
    const body = new Body(declared);
    request.on("data", (chunk: Buffer) => {
      if (body.length + chunk.length <= maxBytes) body.add(chunk);
      else reject(tooLarge(maxBytes));
    });
    request.on("end", () => resolve(withoutMark(body.bytes())));
    request.on("close", () => resolve(null));
  });
}

/** A byte order mark is no part of JSON, but editors and PowerShell put one before it. */
function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Collects chunks without copying where there is one alone, and without keeping them all where the length is known. */
class Body {
  length = 0;
  readonly #declared: number;
  #chunks: Buffer[] = [];
  #whole: Buffer | null = null;

  constructor(declared: number) {
    this.#declared = declared;
  }

  add(chunk: Buffer): void {
    if (this.#declared > chunk.length) {
      this.#whole ??= Buffer.allocUnsafe(this.#declared);
      chunk.copy(this.#whole, this.length);
    } else this.#chunks.push(chunk);
    this.length += chunk.length;
  }

  bytes(): Buffer {
    return this.#whole ?? (this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks, this.length));
  }
}

function tooLarge(maxBytes: number): Problem {
  return new Problem(
    "request_too_large",
    `The body is larger than the ${maxBytes} bytes that this server takes. Send less, or raise limits.body.`,
  );
}
