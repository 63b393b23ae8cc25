/** Ollama's errors, and what its clients are told while they wait: NDJSON has no comments, but an answer may say nothing yet. */
import type { ProblemData } from "../../../domain/problem.ts";
import type { Dialect } from "../dialect.ts";
import { chatShape, generateShape, line, type Shape } from "./answer-line.ts";

export const chatDialect = speaking(chatShape);
export const generateDialect = speaking(generateShape);

function speaking(shape: Shape): Dialect {
  return {
    streamType: "application/x-ndjson",
    // Every line that went out was a whole one, and clients take an empty one for broken.
    eventEnd: "",
    idHeader: null,
    isEngines: false,
    errorBody: (problem) => JSON.stringify(errorOf(problem)),
    streamError: (problem) => `${JSON.stringify(errorOf(problem))}\n`,
    waiting: (_, about) => `${JSON.stringify(line(about, Date.now(), { ...shape({ text: "" }), done: false }))}\n`,
  };
}

/** Its clients look for the sentence; the code is for everybody else. */
function errorOf({ message, code, data }: ProblemData): Record<string, unknown> {
  return { ...data, error: message, code };
}
