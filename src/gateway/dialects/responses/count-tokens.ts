/** What `input_tokens` counts: the prompt that a Responses request would become. */
import type { CountedPrompt } from "../api.ts";
import { readRequest } from "../read-request.ts";
import { chatMessages } from "./messages.ts";
import { responsesRequest } from "./request.ts";
import { toolsOf } from "./tools.ts";

/** Throws a Problem (`invalid_request`). */
export function countedPrompt(json: unknown): CountedPrompt {
  const request = readRequest(responsesRequest, json);
  return { messages: chatMessages(request).messages, tools: toolsOf(request).fields.tools };
}
