/** OpenAI's Responses API: as `openai`, but its streams name their events, and a broken one says that its response failed. */
import type { Dialect } from "../dialect.ts";
import { errorObject, openaiDialect } from "../openai/dialect.ts";
import { responseObject } from "./response-object.ts";
import { nextSequence } from "./sequence.ts";

export const responsesDialect: Dialect = {
  ...openaiDialect,
  thought: null,
  streamError(problem, about, _, last) {
    const next = nextSequence(last);
    const error = errorObject(problem);
    const { code, message, param } = error;
    // What the request asked for is not known any more where a stream breaks: the defaults stand in its place.
    const response = responseObject({}, about, Date.now(), {
      status: "failed",
      reason: null,
      output: [],
      usage: null,
      completedAt: null,
      error: { code: problem.code, message: problem.message },
    });
    return [
      event("response.failed", next, { response }),
      // `error` within, too: the vendor's own client looks for it and throws what it says.
      event("error", next + 1, { code, message, param, error }),
    ].join("");
  },
};

function event(type: string, place: number, fields: Record<string, unknown>): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: place, ...fields })}\n\n`;
}
