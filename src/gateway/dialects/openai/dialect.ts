/** OpenAI's error object, in bodies and in streams of `data:` lines (chat and text completions, and all buffered routes). */

import { type ProblemData, problemCatalogue } from "../../../domain/problem.ts";
import type { Dialect } from "../dialect.ts";
import { eventComment } from "../event-comment.ts";
import { openaiMessage } from "../full-window.ts";
import type { About } from "../translation.ts";
import { openaiLimitHeaders } from "./limit-headers.ts";

export const openaiDialect = {
  streamType: "text/event-stream; charset=utf-8",
  eventEnd: "\n\n",
  idHeader: null,
  limitHeaders: openaiLimitHeaders,
  isEngines: true,
  errorBody: (problem: ProblemData) => JSON.stringify({ error: errorObject(problem) }),
  streamError: (problem: ProblemData) => `data: ${JSON.stringify({ error: errorObject(problem) })}\n\n`,
  waiting: eventComment,
  thought(words: string, { id, model }: About) {
    // Under both names: clients know one of them.
    const delta = { role: "assistant", reasoning_content: words, reasoning: words };
    const head = {
      id: `chatcmpl-${id}`,
      object: "chat.completion.chunk",
      created: Math.floor(Date.now() / 1000),
      model,
    };
    return `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason: null }] })}\n\n`;
  },
} satisfies Dialect;

/** Facts for programs stand beside OpenAI's four members. */
export function errorObject(problem: ProblemData): Record<string, unknown> {
  const { code, param, retryAfterSeconds, data } = problem;
  return {
    ...data,
    ...(retryAfterSeconds === undefined ? {} : { retry_after_seconds: Math.max(1, Math.ceil(retryAfterSeconds)) }),
    message: openaiMessage(problem),
    type: problemCatalogue[code].kind,
    code,
    param: param ?? null,
  };
}
