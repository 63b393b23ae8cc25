/** The sentences for which clients look, as they look for them. */
import { expect, test } from "vitest";
import type { ProblemData } from "../../domain/problem.ts";
import { apis } from "./apis.ts";
import { openaiDialect } from "./openai/dialect.ts";

const about = { id: "r", model: "m" };
const full = (data: Record<string, number>): ProblemData => ({
  code: "context_length_exceeded",
  message: "Why.",
  data,
});
const numbers = full({ prompt_tokens_at_least: 9000, max_tokens: 500, context_window: 8192 });
const answerAlone = full({ prompt_tokens_at_least: 100, max_tokens: 9000, context_window: 8192 });
const nothing = full({});

const openai = {
  counted:
    "This model's maximum context length is 8192 tokens. However, you requested 9500 tokens (9000 in the messages, 500 in the completion). Please reduce the length of the messages or completion.",
  // What LiteLLM and aider look for without numbers.
  bare: "This model's maximum context length is exceeded. Please reduce the length of the messages or completion.",
  alone: "However, you requested 9100 tokens (100 in the messages, 9000 in the completion).",
};
const sentences: Record<string, typeof openai> = {
  OpenAI: openai,
  "OpenAI Responses": openai,
  Neighbours: openai,
  Ollama: openai,
  Anthropic: {
    counted: "prompt is too long: 9000 tokens > 8192 maximum",
    bare: "prompt is too long.",
    alone: "input length and `max_tokens` exceed context limit: 100 + 9000 > 8192",
  },
  Gemini: {
    counted: "The input token count (9000) exceeds the maximum number of tokens allowed (8192).",
    bare: "The input token count exceeds the maximum number of tokens allowed.",
    alone: "The input token count (9100) exceeds the maximum number of tokens allowed (8192).",
  },
};

test.each(apis.map((api) => [api.name, api] as const))(
  "%s's clients hear of a full window in its words",
  (name, api) => {
    const { counted, bare, alone } = sentences[name]!;
    for (const [problem, sentence] of [
      [numbers, counted],
      [nothing, bare],
      [answerAlone, alone],
    ] as const) {
      for (const told of [api.dialect.errorBody(problem, about), api.dialect.streamError(problem, about, true, "")]) {
        expect(told).toContain(sentence);
        expect(told).toContain("Why.");
      }
    }
  },
);

test("LangChain finds its words, which are in the message where there is nothing else", () => {
  const { message } = JSON.parse(openaiDialect.errorBody(nothing)).error;
  expect(message).toMatch(/exceeds the context window.*context_length_exceeded/);
});

test("the code is OpenAI's in every form of its APIs", () => {
  for (const { name, dialect } of apis.filter((api) => /OpenAI|Ollama/.test(api.name))) {
    expect([name, dialect.errorBody(numbers, about)]).toEqual([
      name,
      expect.stringContaining('"code":"context_length_exceeded"'),
    ]);
    expect(dialect.streamError(numbers, about, true, "")).toContain('"code":"context_length_exceeded"');
  }
});
