import type { Ending } from "../generate/generate.ts";

/** OpenAI's `usage` for the given answers together. */
export function usageOf(endings: readonly Ending[]): object {
  const sum = (pick: (ending: Ending) => number) => endings.reduce((total, ending) => total + pick(ending), 0);
  const prompt = sum(({ promptTokens }) => promptTokens);
  const answer = sum(({ answerTokens }) => answerTokens);
  return {
    prompt_tokens: prompt,
    completion_tokens: answer,
    total_tokens: prompt + answer,
    prompt_tokens_details: { cached_tokens: sum(({ cachedTokens }) => cachedTokens) },
  };
}
