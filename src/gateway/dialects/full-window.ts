/** A full window in the sentences for which the clients of each API look, so that they shorten the conversation and go on. */
import type { ProblemData } from "../../domain/problem.ts";

/** Tokens, as far as the problem says them. */
interface Counts {
  prompt: number | null;
  answer: number;
  window: number | null;
}

/** Null for any other problem. */
function countsOf({ code, data }: ProblemData): Counts | null {
  if (code !== "context_length_exceeded") return null;
  const { prompt_tokens_at_least: prompt, max_tokens: answer, context_window: window } = data ?? {};
  return {
    prompt: typeof prompt === "number" ? prompt : null,
    answer: typeof answer === "number" ? answer : 0,
    window: typeof window === "number" ? window : null,
  };
}

/**
 * OpenAI's, which LiteLLM, aider, Cline, OpenCode and Qwen Code know. LangChain's classes read the words alone: in a
 * stream the second sentence, elsewhere the code in it.
 */
export function openaiMessage(problem: ProblemData): string {
  const counts = countsOf(problem);
  if (counts === null) return problem.message;
  const { prompt, answer, window } = counts;
  const length = window === null ? "exceeded" : `${window} tokens`;
  const asked =
    prompt === null
      ? ""
      : ` However, you requested ${prompt + answer} tokens (${prompt} in the messages, ${answer} in the completion).`;
  const advice = "Please reduce the length of the messages or completion.";
  return `This model's maximum context length is ${length}.${asked} ${advice} Your input exceeds the context window of this model (context_length_exceeded). ${problem.message}`;
}

/** Anthropic's two: Claude Code compacts at the first, and asks for less at the second. */
export function anthropicMessage(problem: ProblemData): string {
  const counts = countsOf(problem);
  if (counts === null) return problem.message;
  const { prompt, answer, window } = counts;
  if (prompt !== null && window !== null && answer > 0 && prompt < window) {
    return `input length and \`max_tokens\` exceed context limit: ${prompt} + ${answer} > ${window}. ${problem.message}`;
  }
  const numbers = prompt === null || window === null ? "" : `: ${prompt} tokens > ${window} maximum`;
  return `prompt is too long${numbers}. ${problem.message}`;
}

/** Google's. It knows no sum of prompt and answer: what was asked for counts as one. */
export function geminiMessage(problem: ProblemData): string {
  const counts = countsOf(problem);
  if (counts === null) return problem.message;
  const { prompt, answer, window } = counts;
  const count = prompt === null || window === null ? null : prompt > window ? prompt : prompt + answer;
  const [has, allowed] = count === null ? ["", ""] : [` (${count})`, ` (${window})`];
  return `The input token count${has} exceeds the maximum number of tokens allowed${allowed}. ${problem.message}`;
}
