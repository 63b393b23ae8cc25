/** Lines of JSON, written as they come. */
import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import type { Logger } from "pino";
import type { Dialect } from "../dialects/dialect.ts";
import type { JsonLines } from "../dialects/json-lines.ts";
import { problemOf } from "../http/problem-answer.ts";

/** A client that goes away ends the iteration. */
export function sendLines(
  reply: FastifyReply,
  { lines }: JsonLines,
  dialect: Dialect,
  log: Pick<Logger, "error">,
): FastifyReply {
  const headers = { "content-type": "application/x-ndjson", "cache-control": "no-cache", "x-accel-buffering": "no" };
  return reply.headers(headers).send(Readable.from(written()));

  async function* written(): AsyncGenerator<string> {
    try {
      for await (const line of lines) yield `${JSON.stringify(line)}\n`;
    } catch (error) {
      yield dialect.streamError(problemOf(error, log), { id: reply.request.id, model: null }, true, "");
    }
  }
}
