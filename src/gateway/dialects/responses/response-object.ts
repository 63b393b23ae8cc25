/**
 * The response object: in the whole answer, and in the first and last events of a stream. Every member that the Open
 * Responses specification (2026-04-24, ResponseResource) requires is there: what a request leaves open has its default.
 */
import type { Usage } from "../chat/events.ts";
import type { About } from "../translation.ts";
import type { ResponsesRequest } from "./request.ts";

export interface ResponseState {
  status: "in_progress" | "completed" | "incomplete" | "failed";
  /** Why it is incomplete. */
  reason: "max_output_tokens" | "content_filter" | null;
  output: object[];
  usage: Usage | null;
  /** Milliseconds since the epoch; null of one that is not completed. */
  completedAt: number | null;
  error?: { code: string; message: string };
}

/** What of a request stands in its response. */
export type Echoed = Partial<Omit<ResponsesRequest, "input">>;

/** `createdAt`: milliseconds since the epoch. */
export function responseObject(
  request: Echoed,
  { id, model }: About,
  createdAt: number,
  { status, reason, output, usage, completedAt, error }: ResponseState,
): Record<string, unknown> {
  return {
    id: `resp_${id}`,
    object: "response",
    created_at: seconds(createdAt),
    completed_at: completedAt === null ? null : seconds(completedAt),
    status,
    error: error ?? null,
    incomplete_details: reason === null ? null : { reason },
    model: model ?? "",
    output,
    usage: usage === null ? null : usageObject(usage),
    ...echoed(request),
    background: false,
    previous_response_id: null,
    store: false,
    truncation: "disabled",
  };
}

function echoed(request: Echoed): Record<string, unknown> {
  return {
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    max_tool_calls: request.max_tool_calls ?? null,
    metadata: request.metadata ?? {},
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    reasoning: { effort: request.reasoning?.effort ?? null, summary: request.reasoning?.summary ?? null },
    temperature: request.temperature ?? 1,
    top_p: request.top_p ?? 1,
    presence_penalty: request.presence_penalty ?? 0,
    frequency_penalty: request.frequency_penalty ?? 0,
    top_logprobs: request.top_logprobs ?? 0,
    text: { format: formatOf(request.text?.format), verbosity: request.text?.verbosity ?? "medium" },
    tool_choice: request.tool_choice ?? "auto",
    tools: (request.tools ?? []).map(toolOf),
    service_tier: request.service_tier ?? "default",
    prompt_cache_key: request.prompt_cache_key ?? null,
    safety_identifier: request.safety_identifier ?? null,
    user: request.user ?? null,
  };
}

function formatOf(format: NonNullable<ResponsesRequest["text"]>["format"]): object {
  if (format === null || format === undefined) return { type: "text" };
  return format.type === "json_schema" ? { description: null, ...format, strict: format.strict ?? false } : format;
}

function toolOf(tool: NonNullable<ResponsesRequest["tools"]>[number]): object {
  return tool.type === "function" ? { description: null, parameters: null, strict: null, ...tool } : tool;
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

export function usageObject({ prompt, cached, answer, reasoning }: Usage): Record<string, unknown> {
  return {
    input_tokens: prompt,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: answer,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: prompt + answer,
  };
}
