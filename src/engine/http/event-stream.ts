/** Answers as server-sent events. */
import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { toApiError } from "./api-error.ts";

/** Why a request is given up whose client has left: nobody reads an error any more. */
class ClientGone extends Error {}

/** Aborts as soon as the client has gone before its answer was complete. */
export function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  const check = () => {
    if (!reply.raw.writableFinished) gone.abort(new ClientGone());
  };
  if (reply.raw.destroyed) check();
  else reply.raw.once("close", check);
  return gone.signal;
}

/**
 * Nothing is sent before the first event is there, so what fails until then has its own status. A failure after it
 * is an error event, and the connection is cut: a broken answer never looks complete.
 */
export async function sendEvents(reply: FastifyReply, events: AsyncGenerator<object>): Promise<FastifyReply> {
  const first = await events.next();
  return reply
    .header("content-type", "text/event-stream; charset=utf-8")
    .header("cache-control", "no-cache")
    .send(Readable.from(lines(first, events)));
}

async function* lines(first: IteratorResult<object>, events: AsyncGenerator<object>): AsyncGenerator<string> {
  try {
    for (let event = first; event.done !== true; event = await events.next()) yield line(event.value);
    yield "data: [DONE]\n\n";
  } catch (error) {
    if (error instanceof ClientGone) return;
    const known = toApiError(error);
    if (known.status === 500) console.error((error as Error).stack);
    yield line(known.body);
    throw error;
  } finally {
    await events.return(undefined);
  }
}

function line(event: object): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
