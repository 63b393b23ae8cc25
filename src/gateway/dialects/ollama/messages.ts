/** Ollama's messages as OpenAI's. Its calls need no ids; a result names its tool, or answers the oldest open call. */
import { type ChatCall, type ChatMessage, type ChatPart, contentOf, thoughts } from "../chat/request.ts";
import { objectText } from "../chat/tool-input.ts";
import { imagePart } from "./image-part.ts";
import type { OllamaMessage } from "./request.ts";

export function chatMessages(messages: OllamaMessage[]): ChatMessage[] {
  const open: ChatCall[] = [];
  let images: string[] = [];
  return messages.flatMap((message, place) => {
    const said = chatMessage(message, place, open);
    if (message.role !== "tool") return [said];
    for (const image of message.images ?? []) images.push(image);
    if (images.length === 0 || messages[place + 1]?.role === "tool") return [said];
    // A tool's message holds text alone in OpenAI's API: its images follow the last of the results.
    const shown = userContent({ content: "Images of the results:", images });
    images = [];
    return [said, { role: "user", content: shown }];
  });
}

/** `open`: calls that still want a result; kept up to date. */
function chatMessage(message: OllamaMessage, place: number, open: ChatCall[]): ChatMessage {
  switch (message.role) {
    case "system":
    case "developer":
      return { role: "system", content: message.content ?? "" };
    case "assistant":
      return assistant(message, place, open);
    case "tool":
      return { role: "tool", tool_call_id: answered(message, open), content: message.content ?? "" };
    default:
      return { role: "user", content: userContent(message) };
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
      function: { name, arguments: typeof given === "string" ? objectText(given) : JSON.stringify(given ?? {}) },
    }),
  );
  for (const call of calls) open.push(call);
  return {
    role: "assistant",
    content: (content ?? "") === "" && calls.length > 0 ? null : (content ?? ""),
    ...(thinking ? thoughts(thinking) : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
}

/** The id of the call that this is the result of; it is open no more. */
function answered({ tool_call_id: id, tool_name: name }: OllamaMessage, open: ChatCall[]): string {
  const found = open.findIndex((call) => (id ? call.id === id : !name || call.function.name === name));
  const [call] = open.splice(Math.max(0, found), 1);
  return id ?? call?.id ?? "call_unknown";
}
