import type { FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { dialectFor } from "../dialects/for-path.ts";
import { problemHeaders, problemOf, problemStatus } from "./problem-answer.ts";

/** Whatever a route of Fastify throws, as an answer in the words of the route's API. */
export function answerProblems(log: Pick<Logger, "error">) {
  return (error: unknown, { id, method, url, headers }: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const problem = problemOf(error, log);
    const dialect = dialectFor(method, url, headers);
    reply.code(problemStatus(problem)).header("x-request-id", id).headers(problemHeaders(problem));
    if (dialect.idHeader !== null) reply.header(dialect.idHeader, id);
    return reply.send(dialect.errorBody(problem, { id, model: null }));
  };
}
