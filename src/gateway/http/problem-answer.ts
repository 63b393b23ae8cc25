/** From anything thrown to the status, headers and body of an answer. */
import type { Logger } from "pino";
import { Problem, type ProblemData, problemCatalogue } from "../../domain/problem.ts";

/** `unexpected` gets what is no Problem and no fault of the client: it is a defect here. */
export function problemOf(error: unknown, unexpected: Pick<Logger, "error">): ProblemData {
  if (error instanceof Problem) return error.problem;
  const known = fromFramework(error as { code?: unknown; statusCode?: unknown; message?: unknown });
  if (known !== null) return known;
  unexpected.error({ err: error }, "unexpected error while answering a request");
  return { code: "internal_error", message: "Hearth made a mistake; its log says more. Trying again may help." };
}

export function problemStatus(problem: ProblemData): number {
  return problemCatalogue[problem.code].status;
}

/** Headers that a problem adds to its answer. */
export function problemHeaders(problem: ProblemData): Record<string, string> {
  const headers: Record<string, string> = { "content-type": "application/json; charset=utf-8" };
  if (problem.retryAfterSeconds !== undefined) {
    headers["retry-after"] = String(Math.max(1, Math.ceil(problem.retryAfterSeconds)));
  }
  // The SDKs of OpenAI and Anthropic would ask twice more.
  if (problem.code === "not_supported") headers["x-should-retry"] = "false";
  if (problem.code === "invalid_api_key") headers["www-authenticate"] = 'Bearer realm="hearth"';
  return headers;
}

/** Fastify's own refusals, in the words of the catalogue. */
function fromFramework(error: { code?: unknown; statusCode?: unknown; message?: unknown }): ProblemData | null {
  const message = String(error.message ?? "");
  switch (error.code) {
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return { code: "unsupported_media_type", message: `${message}. Send application/json.` };
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return { code: "request_too_large", message: "The body is larger than this route takes." };
    case "FST_ERR_CTP_INVALID_JSON_BODY":
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
      return { code: "invalid_json", message };
    case "FST_ERR_BAD_URL":
      return { code: "invalid_request", message: "The path is not a valid URL path: check its percent-encoding." };
  }
  const status = error.statusCode;
  if (typeof status === "number" && status >= 400 && status < 500) return { code: "invalid_request", message };
  return null;
}
