/** OpenAI's Responses API: as `openai`, but its streams name their events, and a broken one says that its response failed. */
import type { Dialect } from "../dialect.ts";
import { errorObject, openaiDialect } from "../openai/dialect.ts";

export const responsesDialect: Dialect = {
  ...openaiDialect,
  streamError(problem, { id, model }) {
    const error = errorObject(problem);
    const { code, message, param } = error;
    const response = {
      id: `resp_${id}`,
      object: "response",
      model,
      status: "failed",
      error: { code, message },
      output: [],
    };
    return [
      event("response.failed", { response }),
      // `error` within, too: the vendor's own client looks for it and throws what it says.
      event("error", { code, message, param, error }),
    ].join("");
  },
};

function event(type: string, fields: Record<string, unknown>): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields, sequence_number: 0 })}\n\n`;
}
