/** Answers without an end: written by hand, since their head must leave before there is a body. */
import { once } from "node:events";
import type { FastifyReply } from "fastify";

/** Sends status and headers at once; Fastify leaves the rest of the answer to the caller. */
export function beginStream(reply: FastifyReply, contentType: string): void {
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200, { "content-type": contentType, "cache-control": "no-store", "x-accel-buffering": "no" });
  raw.flushHeaders();
}

/** Writes what comes until it ends or the client goes; waits for a client that reads slowly. */
export async function writeAll(reply: FastifyReply, parts: AsyncIterable<string>, gone: AbortSignal): Promise<void> {
  const { raw } = reply;
  try {
    for await (const part of parts) {
      if (gone.aborted) break;
      if (!raw.write(part)) await once(raw, "drain", { signal: gone });
    }
    raw.end();
  } catch (error) {
    // The head has left: a cut connection is all that can still tell of a failure.
    raw.destroy();
    if (!gone.aborted) throw error;
  }
}
