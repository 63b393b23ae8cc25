/** `thinking` and `output_config.effort` as OpenAI's `reasoning_effort`. */
import { effortFor, thinkingField } from "../chat/thinking.ts";
import type { MessagesRequest } from "./request.ts";

type ThinkingRequest = Pick<MessagesRequest, "thinking" | "output_config">;

/** The client reads thinking blocks: those that did not ask for them take the first block for the answer. */
export function showsThinking({ thinking }: Pick<ThinkingRequest, "thinking">): boolean {
  return thinking !== null && thinking !== undefined && thinking.type !== "disabled";
}

/** Who does not ask for thinking gets none, in Anthropic's API: it would eat the answer's budget unseen. */
export function reasoningFields({ thinking, output_config: output }: ThinkingRequest): Record<string, unknown> {
  const effort = output?.effort ?? null;
  return {
    ...(effort === null ? {} : { reasoning_effort: efforts.get(effort) ?? "high" }),
    ...(showsThinking({ thinking }) ? thinks(thinking, effort) : thinkingField(false)),
  };
}

function thinks(thinking: ThinkingRequest["thinking"], effort: string | null): Record<string, unknown> {
  if (effort !== null) return {};
  const budget = thinking?.type === "enabled" ? thinking.budget_tokens : null;
  return { reasoning_effort: effortFor(budget ?? 4096) };
}

const efforts = new Map([
  ["low", "low"],
  ["medium", "medium"],
]);
