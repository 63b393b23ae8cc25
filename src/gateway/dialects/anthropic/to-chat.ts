/** A Messages request as a chat request. */
import { isObject } from "../../../domain/json-object.ts";
import { given } from "../chat/given.ts";
import type { ChatMessage } from "../chat/request.ts";
import { chatMessages } from "./messages.ts";
import type { MessagesRequest } from "./request.ts";
import { reasoningFields } from "./thinking.ts";
import { toolFields } from "./tools.ts";

/** Throws a Problem (`invalid_request`). `leftOut`: tools that nobody can run here. `replaced`: blocks that no model reads. */
export function toChat(request: MessagesRequest): {
  body: Record<string, unknown>;
  messages: ChatMessage[];
  leftOut: string[];
  replaced: string[];
} {
  const { fields, leftOut } = toolFields(request);
  const { messages, replaced } = chatMessages(request);
  const body = {
    ...given({ model: request.model }),
    messages,
    ...given({
      max_tokens: request.max_tokens,
      temperature: request.temperature,
      top_p: request.top_p,
      top_k: request.top_k,
      stop: request.stop_sequences?.length === 0 ? null : request.stop_sequences,
      user: userIn(request.metadata),
      response_format: formatOf(request),
    }),
    ...fields,
    ...reasoningFields(request),
    ...continued(messages.at(-1)),
    ...(request.stream === true ? { stream: true, stream_options: { include_usage: true } } : {}),
  };
  const servers = request.mcp_servers?.length ? ["mcp_servers"] : [];
  return { body, messages, leftOut: [...leftOut, ...servers], replaced };
}

function userIn(metadata: unknown): string | null {
  return isObject(metadata) && typeof metadata.user_id === "string" ? metadata.user_id : null;
}

function formatOf({ output_config: output }: MessagesRequest): object | null {
  const { type, schema } = output?.format ?? {};
  return type !== "json_schema" || !schema ? null : { type: "json_schema", json_schema: { name: "answer", schema } };
}

/** A last message of the assistant's is to be continued. vLLM's and SGLang's words; other engines answer it. */
function continued(last: ReturnType<typeof chatMessages>["messages"][number] | undefined): Record<string, unknown> {
  if (last?.role !== "assistant" || last.tool_calls !== undefined) return {};
  return { continue_final_message: true, add_generation_prompt: false };
}
