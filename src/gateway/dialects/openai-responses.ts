/** OpenAI's Responses API: as `openai`, but its streams name their events and flatten the error into one. */
import type { Dialect } from "./dialect.ts";
import { errorObject, openai } from "./openai.ts";

export const openaiResponses: Dialect = {
  ...openai,
  streamError(problem) {
    const error = errorObject(problem);
    const { code, message, param } = error;
    // `error` too: the vendor's own client looks for it and throws what it says.
    return `event: error\ndata: ${JSON.stringify({ type: "error", code, message, param, sequence_number: 0, error })}\n\n`;
  },
};
