/** Ollama's messages as OpenAI's. Its calls need no ids; a result names its tool, or answers the oldest open call. */
import { type ChatCall, type ChatMessage, type ChatPart, contentOf } from "../chat/request.ts";
import { imagePart } from "./image-part.ts";
import type { OllamaMessage } from "./request.ts";

export function chatMessages(messages: OllamaMessage[]): ChatMessage[] {
  const open: ChatCall[] = [];
  return messages.map((message, place) => chatMessage(message, place, open));
}

/** `open`: calls that still want a result; kept up to date. */
function chatMessage(message: OllamaMessage, place: number, open: ChatCall[]): ChatMessage {
  switch (message.role) {
    case "system":
      return { role: "system", content: message.content ?? "" };
    case "user":
      return { role: "user", content: userContent(message) };
    case "assistant":
      return assistant(message, place, open);
    case "tool":
      return { role: "tool", tool_call_id: answered(message, open), content: message.content ?? "" };
  }
}

export function userContent({ content, images }: Pick<OllamaMessage, "content" | "images">): string | ChatPart[] {
  const parts = (images ?? []).map(imagePart);
  return contentOf([{ type: "text", text: content ?? "" }, ...parts]);
}

function assistant({ content, thinking, tool_calls }: OllamaMessage, place: number, open: ChatCall[]): ChatMessage {
  const calls = (tool_calls ?? []).map(
    ({ id, function: { name, arguments: given } }, index): ChatCall => ({
      id: id ?? `call_${place}_${index}`,
      type: "function",
      function: { name, arguments: typeof given === "string" ? given : JSON.stringify(given ?? {}) },
    }),
  );
  open.push(...calls);
  return {
    role: "assistant",
    content: (content ?? "") === "" && calls.length > 0 ? null : (content ?? ""),
    ...(thinking ? { reasoning_content: thinking } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
}

/** The id of the call that this is the result of; it is open no more. */
function answered({ tool_call_id: id, tool_name: name }: OllamaMessage, open: ChatCall[]): string {
  const found = open.findIndex((call) => (id ? call.id === id : !name || call.function.name === name));
  const [call] = open.splice(Math.max(0, found), 1);
  return id ?? call?.id ?? "call_unknown";
}
