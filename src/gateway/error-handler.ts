import type { FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { openai } from "./dialects/openai.ts";
import { problemHeaders, problemOf, problemStatus } from "./problem-answer.ts";

/** Whatever a route of Fastify throws, as an answer in OpenAI's words. */
export function answerProblems(log: Pick<Logger, "error">) {
  return (error: unknown, { id }: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const problem = problemOf(error, log);
    reply.code(problemStatus(problem)).header("x-request-id", id).headers(problemHeaders(problem));
    return reply.send(openai.errorBody(problem));
  };
}
