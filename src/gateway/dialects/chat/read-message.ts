/** A message of a chat answer, or a delta of it, as events. Fields of vLLM, SGLang and llama.cpp beside OpenAI's. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import type { ChatEvent, Usage } from "./events.ts";

export type Finish = Extract<ChatEvent, { kind: "finish" }>;

/** What it says in words. `choice`: that holds it. */
export function wordEvents(message: JsonObject, choice: JsonObject): ChatEvent[] {
  const events: ChatEvent[] = [];
  const reasoning = message.reasoning_content ?? message.reasoning;
  if (isText(reasoning)) events.push({ kind: "reasoning", text: reasoning });
  const { content, refusal } = message;
  const logprobs = list(fields(choice.logprobs).content);
  if (isText(content)) events.push({ kind: "text", text: content, ...(logprobs.length > 0 ? { logprobs } : {}) });
  if (isText(refusal)) events.push({ kind: "text", text: refusal, refusal: true });
  return events;
}

/** A choice of a text completion, or a piece of it. */
export function textEvents({ text }: JsonObject): ChatEvent[] {
  return isText(text) ? [{ kind: "text", text }] : [];
}

/** The choice's ending; null where it has none. */
export function finishOf({ finish_reason: reason, stop_reason: stop }: JsonObject): Finish | null {
  return isText(reason) ? { kind: "finish", reason, stop: isText(stop) ? stop : null } : null;
}

export function usageEvents(usage: unknown): ChatEvent[] {
  if (typeof usage !== "object" || usage === null) return [];
  return [{ kind: "usage", usage: usageOf(usage as JsonObject) }];
}

export function usageOf(usage: JsonObject): Usage {
  return {
    prompt: count(usage.prompt_tokens),
    cached: count(fields(usage.prompt_tokens_details).cached_tokens),
    answer: count(usage.completion_tokens),
    reasoning: count(fields(usage.completion_tokens_details).reasoning_tokens),
  };
}

/** An object's fields; none where it is no object. */
export function fields(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function list(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function count(value: unknown): number {
  return typeof value === "number" && value >= 0 ? value : 0;
}
