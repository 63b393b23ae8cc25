/**
 * What an engine says that it counted, in whichever API's words: `usage` of OpenAI's chats, completions, embeddings and
 * responses, and of Anthropic's messages.
 */
import { isObject } from "../../domain/json-object.ts";
import type { TokenCounts } from "../../domain/token-counts.ts";
import type { AnswerEnds } from "../upstream/answer-ends.ts";

/** Null where it says nothing. */
export function countedIn({ head, tail }: Pick<AnswerEnds, "head" | "tail">): TokenCounts | null {
  const last = usages(tail).at(-1) ?? null;
  // Anthropic's first event counts the prompt, its last one the answer; all others say all at their end.
  const first = head.includes('"message_start"') ? (usages(head)[0] ?? null) : null;
  return first === null && last === null ? null : countsOf({ ...first, ...last });
}

type Usage = Record<string, unknown>;

/** Objects under the name `usage`. In a text that somebody wrote its quotes would be escaped. */
function usages(text: string): Usage[] {
  const found: Usage[] = [];
  for (const { index, 0: name } of text.matchAll(/"usage"\s*:\s*(?=\{)/g)) {
    const usage = objectAt(text, index + name.length);
    if (usage !== null && countsOf(usage) !== null) found.push(usage);
  }
  return found;
}

/** No usage is longer. */
const longest = 4096;

function objectAt(text: string, start: number): Usage | null {
  let depth = 0;
  for (let at = start; at < text.length && at - start < longest; at += 1) {
    if (text[at] === "{") depth += 1;
    else if (text[at] === "}") depth -= 1;
    if (depth === 0) return parsed(text.slice(start, at + 1));
  }
  return null;
}

function parsed(json: string): Usage | null {
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function countsOf(usage: Usage): TokenCounts | null {
  const prompt = count(usage.prompt_tokens) ?? count(usage.input_tokens);
  const answer = count(usage.completion_tokens) ?? count(usage.output_tokens);
  if (prompt === null && answer === null) return null;
  // Anthropic counts what was in the cache beside the prompt, OpenAI as a part of it.
  const read = count(usage.cache_read_input_tokens);
  const beside = (read ?? 0) + (count(usage.cache_creation_input_tokens) ?? 0);
  return {
    in: (prompt ?? 0) + beside,
    out: answer ?? 0,
    cached: read ?? count(detail(usage, "prompt_tokens_details", "input_tokens_details").cached_tokens) ?? 0,
    reasoning: count(detail(usage, "completion_tokens_details", "output_tokens_details").reasoning_tokens) ?? 0,
    estimated: false,
  };
}

function detail(usage: Usage, ...names: string[]): Usage {
  return names.map((name) => usage[name]).find(isObject) ?? {};
}

function count(value: unknown): number | null {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : null;
}
