/** A Responses request as a chat request. */
import { given } from "../chat/given.ts";
import { thinkingField } from "../chat/thinking.ts";
import { chatMessages } from "./messages.ts";
import type { ResponsesRequest } from "./request.ts";
import type { Tools } from "./tools.ts";

/** `replaced`: kinds of items and parts that no model reads. */
export function toChat(request: ResponsesRequest, tools: Tools): { body: Record<string, unknown>; replaced: string[] } {
  const { messages, replaced } = chatMessages(request);
  const body = {
    ...given({
      model: request.model,
      messages,
      max_tokens: request.max_output_tokens,
      temperature: request.temperature,
      top_p: request.top_p,
      presence_penalty: request.presence_penalty,
      frequency_penalty: request.frequency_penalty,
      user: request.user,
      response_format: formatOf(request.text?.format),
    }),
    ...logprobsFields(request),
    ...tools.fields,
    ...reasoningFields(request.reasoning?.effort),
    ...(request.stream === true ? { stream: true, stream_options: { include_usage: true } } : {}),
  };
  return { body, replaced };
}

function logprobsFields({ include, top_logprobs: top }: ResponsesRequest): Record<string, unknown> {
  if (typeof top === "number" && top > 0) return { logprobs: true, top_logprobs: top };
  return include?.includes("message.output_text.logprobs") === true ? { logprobs: true } : {};
}

function formatOf(format: NonNullable<ResponsesRequest["text"]>["format"]): object | null {
  if (format === null || format === undefined || format.type === "text") return null;
  if (format.type === "json_object") return { type: "json_object" };
  const { name, schema, strict } = format;
  return { type: "json_schema", json_schema: { name, schema, ...given({ strict }) } };
}

const efforts = new Map([
  ["minimal", "low"],
  ["low", "low"],
  ["medium", "medium"],
]);

function reasoningFields(effort: string | null | undefined): Record<string, unknown> {
  if (effort === null || effort === undefined) return {};
  if (effort === "none") return thinkingField(false);
  return { reasoning_effort: efforts.get(effort) ?? "high" };
}
