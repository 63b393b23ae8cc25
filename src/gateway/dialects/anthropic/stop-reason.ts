/** Why an answer ended, in Anthropic's words. */

export interface Ending {
  stop_reason: "end_turn" | "max_tokens" | "stop_sequence" | "tool_use" | "refusal";
  stop_sequence: string | null;
}

/** `called`: the answer holds a call. An engine that was told which tool to call says `stop` all the same. */
export function endingOf(reason: string, stop: string | null, called: boolean): Ending {
  if (reason === "length") return { stop_reason: "max_tokens", stop_sequence: null };
  if (reason === "content_filter") return { stop_reason: "refusal", stop_sequence: null };
  if (called) return { stop_reason: "tool_use", stop_sequence: null };
  if (stop !== null) return { stop_reason: "stop_sequence", stop_sequence: stop };
  return { stop_reason: "end_turn", stop_sequence: null };
}
