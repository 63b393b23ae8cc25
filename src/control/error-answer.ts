/** Errors of the control API: OpenAI's error object, as everywhere else in Hearth. */
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { Problem, type ProblemData, problemCatalogue } from "../domain/problem.ts";

/** Fastify's error handler for the control routes. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request);
  const { code, message, param, data, retryAfterSeconds } = problem;
  if (retryAfterSeconds !== undefined) reply.header("retry-after", Math.max(1, Math.ceil(retryAfterSeconds)));
  if (code === "invalid_api_key") reply.header("www-authenticate", 'Bearer realm="hearth"');
  const { status, kind } = problemCatalogue[code];
  return reply.code(status).send({ error: { ...data, message, type: kind, code, param: param ?? null } });
}

function problemOf(error: unknown, request: FastifyRequest): ProblemData {
  if (error instanceof Problem) return error.problem;
  const { code, statusCode, message } = error as Partial<FastifyError>;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    return { code: "request_too_large", message: "The body is larger than this route takes." };
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { code: "invalid_request", message: message ?? "The request cannot be read." };
  }
  request.log.error({ err: error }, "unexpected error in the control API");
  return { code: "internal_error", message: "Hearth made a mistake; its log says more. Trying again may help." };
}
