/** Reads a request's body once, as bytes. */
import type { IncomingMessage } from "node:http";
import { Problem } from "../../domain/problem.ts";
import type { BodyShare } from "./budget.ts";
import { GrowingBody } from "./growing-body.ts";

/** Of one body in one turn of the loop. */
const mostPerTurn = 128 * 1024;

/**
 * Resolves with null where the client went away. Rejects with a Problem: `request_too_large`, or `server_busy` where
 * `share` has no room for it, said before it is read where its length is known. What was read by then is let go at once.
 */
export function readBody(request: IncomingMessage, maxBytes: number, share: BodyShare): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const declared = Number(request.headers["content-length"] ?? 0);
    if (declared > maxBytes) throw tooLarge(maxBytes);
    share.reserve(declared);
    const body = new GrowingBody(declared);
    let taken = 0;
    const refuse = (problem: unknown) => {
      request.off("data", take);
      body.drop();
      reject(problem);
    };
    const take = (chunk: Buffer) => {
      if (body.length + chunk.length > maxBytes) return refuse(tooLarge(maxBytes));
      try {
        share.reserve(body.length + chunk.length);
      } catch (problem) {
        return refuse(problem);
      }
      body.add(chunk);
      taken += chunk.length;
      if (taken < mostPerTurn) return;
      // Else a fast upload would be read on and on, and nobody else come to his turn.
      taken = 0;
      request.pause();
      setImmediate(() => request.resume());
    };
    request.on("data", take);
    request.on("end", () => resolve(withoutMark(body.bytes())));
    request.on("close", () => {
      if (!request.complete) body.drop();
      resolve(null);
    });
  });
}

/** A byte order mark is no part of JSON, but editors and PowerShell put one before it. */
function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function tooLarge(maxBytes: number): Problem {
  return new Problem(
    "request_too_large",
    `The body is larger than the ${maxBytes} bytes that this server takes. Send less, or raise limits.body.`,
  );
}
