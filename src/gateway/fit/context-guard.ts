/** What is known of a prompt's length before anything is started for it, and what follows for the answer's. */
import { Problem } from "../../domain/problem.ts";
import type { ModelView } from "../../link/link.ts";
import type { BodyFields } from "../body/scan.ts";
import type { PromptWords } from "../dialects/chat/prompt-words.ts";

const space = 0x20;

export interface PromptSize {
  tokens: number;
  /** Counted by the model's tokenizer; else a floor. */
  exact: boolean;
}

/** A floor under the prompt's tokens, 0 where it is certainly too small to matter. `parsed`: called only where it may not be. */
export function promptFloor(
  { context }: Pick<ModelView, "context">,
  bytes: Buffer,
  answer: number | null,
  promptWords: PromptWords,
  parsed: () => Record<string, unknown>,
): PromptSize {
  const room = Math.max(0, context - (answer ?? 1));
  // A word takes two bytes, one of them its space: nearly every request is known to fit without being parsed.
  const worthCounting = bytes.length > 2 * room && spacesAbove(bytes, room);
  return { tokens: worthCounting ? promptWords(parsed()) : 0, exact: false };
}

/** What the client allows for the answer, or null where it leaves that open. */
export function answerTokens({ maxCompletionTokens, maxTokens, maxOutputTokens }: BodyFields): number | null {
  const asked = maxCompletionTokens ?? maxTokens ?? maxOutputTokens;
  return asked !== null && asked > 0 ? asked : null;
}

function spacesAbove(bytes: Buffer, limit: number): boolean {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === space && ++count > limit) return true;
  return false;
}

/** The models that would take so many tokens, those that can answer soonest first. */
export function takersOf(tokens: number, others: ModelView[]): ModelView[] {
  return others
    .filter(({ status, context, capabilities }) => status !== "disabled" && context >= tokens && canTalk(capabilities))
    .sort((a, b) => a.secondsToReady - b.secondsToReady || a.memoryGiB - b.memoryGiB);
}

function canTalk(capabilities: ModelView["capabilities"]): boolean {
  return capabilities.includes("chat") || capabilities.includes("completions");
}

/** `context_length_exceeded`. `answer`: what must fit beside the prompt, or null where one token is enough. */
export function tooLong(model: ModelView, size: PromptSize, answer: number | null, takers: ModelView[]): Problem {
  const prompt = Math.max(1, size.tokens);
  const named = takers.slice(0, 3);
  const other = named.map(({ id, context }) => `${id} (${context})`).join(" or ");
  const answerAlone = answer !== null && answer >= model.context;
  const has = `The prompt has ${size.exact ? "" : "at least "}${prompt} tokens`;
  const asks = answer === null ? has : `${has} and the answer may have ${answer}`;
  const remedy = `${answerAlone ? "Lower the answer's limit" : "Shorten the prompt"}${other === "" ? "" : `, or use ${other}`}`;
  return new Problem(
    "context_length_exceeded",
    `${asks}: more than the ${model.context} that ${model.id} takes. ${remedy}.`,
    {
      ...(answerAlone ? { param: "max_tokens" } : {}),
      data: {
        prompt_tokens_at_least: prompt,
        ...(size.exact ? { prompt_tokens: prompt } : {}),
        max_tokens: answer,
        context_window: model.context,
        models: named.map(({ id }) => id),
      },
    },
  );
}
