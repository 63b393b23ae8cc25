/** `thinking` and `output_config.effort` as OpenAI's `reasoning_effort`. */
import type { MessagesRequest } from "./request.ts";

type Fields = Pick<MessagesRequest, "thinking" | "output_config">;

/** The client reads thinking blocks: those that did not ask for them take the first block for the answer. */
export function showsThinking({ thinking }: Pick<Fields, "thinking">): boolean {
  return thinking?.type === "enabled" || thinking?.type === "adaptive";
}

/** Nothing where the client leaves it to the model. */
export function reasoningFields({ thinking, output_config: output }: Fields): Record<string, unknown> {
  const effort = output?.effort ?? null;
  if (thinking?.type === "disabled") return { chat_template_kwargs: { enable_thinking: false } };
  if (effort !== null) return { reasoning_effort: efforts.get(effort) ?? "high" };
  if (thinking?.type === "enabled") return { reasoning_effort: effortFor(thinking.budget_tokens ?? 4096) };
  return {};
}

const efforts = new Map([
  ["low", "low"],
  ["medium", "medium"],
]);

function effortFor(budget: number): "low" | "medium" | "high" {
  if (budget <= 2048) return "low";
  return budget <= 16_384 ? "medium" : "high";
}
