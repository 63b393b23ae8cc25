/** What Ollama's answering routes have in common, in OpenAI's words. */
import { given } from "../chat/given.ts";
import { thinkingField } from "../chat/thinking.ts";
import type { AnswerFields } from "./request.ts";

export function answerFields(request: AnswerFields): Record<string, unknown> {
  const { model, options, stream, format, think, logprobs, top_logprobs } = request;
  const { num_predict: most, repeat_penalty, ...same } = options ?? {};
  return given({
    model,
    // Below zero: as much as there is room for.
    max_tokens: typeof most === "number" && most > 0 ? most : null,
    repetition_penalty: repeat_penalty,
    ...same,
    response_format: formatOf(format),
    ...thinking(think),
    ...(logprobs === true ? { logprobs, top_logprobs } : {}),
    ...(stream === false ? {} : { stream: true, stream_options: { include_usage: true } }),
  });
}

function formatOf(format: AnswerFields["format"]): object | null {
  if (format === "json") return { type: "json_object" };
  if (typeof format !== "object" || format === null) return null;
  return { type: "json_schema", json_schema: { name: "answer", schema: format } };
}

/** Ollama's efforts, as those that every engine knows. */
const efforts = new Map([
  ["minimal", "low"],
  ["low", "low"],
  ["medium", "medium"],
  ["high", "high"],
  ["xhigh", "high"],
  ["max", "high"],
]);

const noThinking = new Set(["false", "off", "none", "no", "0"]);

/** Any other word asks for it, without saying how much. */
function thinking(think: AnswerFields["think"]): Record<string, unknown> {
  if (think === null || think === undefined || think === "") return {};
  const word = String(think).toLowerCase();
  const effort = efforts.get(word);
  return effort === undefined ? thinkingField(!noThinking.has(word)) : { reasoning_effort: effort };
}
