/** The response object: in the whole answer, and in the first and last events of a stream. */
import type { Usage } from "../chat/events.ts";
import type { About } from "../translation.ts";
import type { ResponsesRequest } from "./request.ts";

export interface ResponseState {
  status: "in_progress" | "completed" | "incomplete";
  /** Why it is incomplete. */
  reason: "max_output_tokens" | "content_filter" | null;
  output: object[];
  usage: Usage | null;
}

/** `createdAt`: milliseconds since the epoch. */
export function responseObject(
  request: ResponsesRequest,
  { id, model }: About,
  createdAt: number,
  { status, reason, output, usage }: ResponseState,
): Record<string, unknown> {
  return {
    id: `resp_${id}`,
    object: "response",
    created_at: Math.floor(createdAt / 1000),
    status,
    background: false,
    error: null,
    incomplete_details: reason === null ? null : { reason },
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    max_tool_calls: null,
    metadata: request.metadata ?? {},
    model,
    output,
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: null,
    reasoning: { effort: request.reasoning?.effort ?? null, summary: request.reasoning?.summary ?? null },
    store: false,
    temperature: request.temperature ?? null,
    text: { format: request.text?.format ?? { type: "text" } },
    tool_choice: request.tool_choice ?? "auto",
    tools: request.tools ?? [],
    top_p: request.top_p ?? null,
    truncation: "disabled",
    usage: usage === null ? null : usageOf(usage),
    user: request.user ?? null,
  };
}

function usageOf({ prompt, cached, answer, reasoning }: Usage): Record<string, unknown> {
  return {
    input_tokens: prompt,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: answer,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: prompt + answer,
  };
}
