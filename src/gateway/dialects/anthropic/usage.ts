import type { Usage } from "../chat/events.ts";

/** Anthropic counts what was read from the cache beside the prompt, not in it. */
export function usageOf({ prompt, cached, answer }: Usage): Record<string, number> {
  return {
    input_tokens: Math.max(0, prompt - cached),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cached,
    output_tokens: answer,
  };
}
