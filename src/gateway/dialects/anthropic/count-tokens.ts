/** What `count_tokens` counts: the prompt that a Messages request would become. */
import type { CountedPrompt } from "../api.ts";
import { readRequest } from "../read-request.ts";
import { chatMessages } from "./messages.ts";
import { countRequest } from "./request.ts";
import { toolFields } from "./tools.ts";

/** Throws a Problem (`invalid_request`). */
export function countedPrompt(json: unknown): CountedPrompt {
  const request = readRequest(countRequest, json);
  return { messages: chatMessages(request).messages, tools: toolFields(request).fields.tools };
}
