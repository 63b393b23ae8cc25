/** Whether a prompt fits, and how long its answer may become. */
import { ApiError } from "../http/api-error.ts";
import type { LanguageModel } from "../language-model.ts";

/**
 * Tokens for the answer: what was asked for, but no more than the window has left behind the prompt. Throws
 * context_length_exceeded when nothing is left.
 */
export function answerLimit(
  prompt: readonly number[],
  asked: number | null,
  model: LanguageModel,
  param: string,
): number {
  const left = model.context - prompt.length;
  if (left >= 1) return Math.min(asked ?? left, left);
  throw new ApiError(
    400,
    "context_length_exceeded",
    `The prompt has ${prompt.length} tokens; this model's context of ${model.context} tokens has to hold it and the answer. Shorten it.`,
    param,
  );
}
