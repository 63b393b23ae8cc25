/** Ollama's errors, and how its clients are kept waiting. */

import type { ProblemData } from "../../../domain/problem.ts";
import type { Dialect } from "../dialect.ts";
import { openaiMessage } from "../full-window.ts";
import { openaiLimitHeaders } from "../openai/limit-headers.ts";

export const ollamaDialect: Dialect = {
  streamType: "application/x-ndjson",
  // Every line that went out was a whole one, and clients take an empty one for broken.
  eventEnd: "",
  idHeader: null,
  limitHeaders: openaiLimitHeaders,
  isEngines: false,
  errorBody: (problem) => JSON.stringify(errorOf(problem)),
  streamError: (problem) => `${JSON.stringify(errorOf(problem))}\n`,
  // White space before the next line: NDJSON has no comments, clients take an empty line for broken, and Open WebUI
  // takes a line without words for the end of the answer.
  waiting: () => " ",
  thought: null,
};

/** Its clients look for the sentence; the code is for everybody else. */
function errorOf(problem: ProblemData): Record<string, unknown> {
  return { ...problem.data, error: openaiMessage(problem), code: problem.code };
}
