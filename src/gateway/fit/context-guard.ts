/** What is known of a prompt's length before anything is started for it, and what follows for the answer's. */
import type { KeyConfig } from "../../config/types.ts";
import { Problem } from "../../domain/problem.ts";
import type { ModelView } from "../../link/link.ts";
import type { BodyFields } from "../body/scan.ts";
import type { PromptWords } from "../dialects/chat/prompt-words.ts";
import { type AskParts, askResident } from "../upstream/ask-engine.ts";

const space = 0x20;
const backslash = 0x5c;
/** `\n`, `\t` and `\r`, as JSON writes them. */
const spaceEscapes = new Set([0x6e, 0x74, 0x72]);

export interface PromptSize {
  tokens: number;
  /** Counted by the model's tokenizer; else a floor. */
  exact: boolean;
}

/** A prompt that leaves too little room for its answer. */
export interface Overflow {
  size: PromptSize;
  /** What must fit beside the prompt, or null where one token is enough. */
  answer: number | null;
}

/** No prompt is empty: chat templates and engines put something before it. */
export function leastTokens({ tokens }: PromptSize): number {
  return Math.max(1, tokens);
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
  // A word takes two bytes with its space: nearly every request is known to fit without being parsed.
  const worthCounting = bytes.length > 2 * room && spacesAbove(bytes, room);
  return { tokens: worthCounting ? promptWords(parsed()) : 0, exact: false };
}

/** What the client allows for the answer, or null where it leaves that open. */
export function answerTokens({ maxCompletionTokens, maxTokens, maxOutputTokens }: BodyFields): number | null {
  const asked = maxCompletionTokens ?? maxTokens ?? maxOutputTokens;
  return asked !== null && asked > 0 ? asked : null;
}

/** Prose has more spaces in so many bytes than any window has tokens; what has not is no prose. */
const mostLookedAt = 8 * 1024 * 1024;

function spacesAbove(bytes: Buffer, limit: number): boolean {
  let count = 0;
  const end = Math.min(bytes.length, mostLookedAt);
  for (let at = 0; at < end; at++) {
    const isSpace = bytes[at] === space || (bytes[at] === backslash && spaceEscapes.has(bytes[at + 1]!));
    if (isSpace && ++count > limit) return true;
  }
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

/** Fewer bytes of JSON than this for a token are rare: where even they would fit, nobody needs to count. */
const bytesPerToken = 2;

/** A larger body would hold up everybody while it is written anew for the question; its engine judges it by itself. */
const mostCounted = 2 * 1024 * 1024;

/** The bounds leave it open whether prompt and answer fit, and an engine is there that can tell. */
export function isWorthCounting(
  model: Pick<ModelView, "context" | "state">,
  bytes: number,
  answer: number | null,
): boolean {
  return bytes <= mostCounted && model.state === "ready" && bytes / bytesPerToken + (answer ?? 1) > model.context;
}

/** Null where the engine cannot tell, or not soon enough. */
export async function countedPrompt(
  parts: AskParts,
  model: ModelView,
  key: Pick<KeyConfig, "name">,
  id: string,
  { messages, tools, prompt, chat_template_kwargs: kwargs }: Record<string, unknown>,
): Promise<number | null> {
  const chat = {
    messages,
    add_generation_prompt: true,
    ...(tools === undefined ? {} : { tools }),
    ...(kwargs === undefined ? {} : { chat_template_kwargs: kwargs }),
  };
  const question = messages === undefined ? { prompt } : chat;
  const answer = await askResident(parts, model.id, key, `${id}.count`, "/tokenize", question);
  const count = (answer as { count?: unknown } | null)?.count;
  return typeof count === "number" && count > 0 ? count : null;
}

/** `context_length_exceeded`, with those of `others` that would take it. */
export function tooLong(model: ModelView, { size, answer }: Overflow, others: ModelView[]): Problem {
  const prompt = leastTokens(size);
  const named = takersOf(prompt + (answer ?? 1), others).slice(0, 3);
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
