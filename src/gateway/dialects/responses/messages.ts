/** Input items as chat messages. What the assistant thought, said and called between two turns is one message. */
import { Conversation } from "../chat/conversation.ts";
import type { ChatMessage, ChatPart } from "../chat/request.ts";
import { customArguments } from "./custom-tool.ts";
import type { Content, Item, ResponsesRequest } from "./request.ts";

export function chatMessages({ instructions, input }: Pick<ResponsesRequest, "instructions" | "input">): ChatMessage[] {
  const items: Item[] = typeof input === "string" ? [{ type: "message", role: "user", content: input }] : input;
  const opening = items.findIndex((item) => !isInstruction(item));
  const leading = items.slice(0, opening < 0 ? items.length : opening);
  const system = [instructions ?? "", ...leading.map((item) => textOf((item as { content: Content }).content))];
  const conversation = new Conversation("\n");
  for (const item of items.slice(leading.length)) addItem(conversation, item);
  // A probe has no item; templates want a turn of the user's.
  if (items.length === leading.length) conversation.user([{ type: "text", text: "" }]);
  return conversation.messages(system.filter((text) => text !== "").join("\n\n"));
}

function isInstruction(item: Item): boolean {
  return item.type === "message" && (item.role === "system" || item.role === "developer");
}

function addItem(conversation: Conversation, item: Item): void {
  switch (item.type) {
    case "message":
      if (item.role === "assistant") conversation.say(textOf(item.content));
      // Templates take a system message in the first place only.
      else conversation.user(item.role === "user" ? partsOf(item.content) : [marked(textOf(item.content))]);
      break;
    case "reasoning":
      conversation.think(texts(item.content?.length ? item.content : (item.summary ?? [])));
      break;
    case "function_call":
      conversation.call(item.call_id, item.name, item.arguments);
      break;
    case "custom_tool_call":
      conversation.call(item.call_id, item.name, customArguments(item.input));
      break;
    case "function_call_output":
    case "custom_tool_call_output": {
      conversation.result(item.call_id, textOf(item.output));
      const images = partsOf(item.output).filter((part) => part.type === "image_url");
      if (images.length > 0) conversation.user(images);
      break;
    }
    case "web_search_call":
      break;
  }
}

function marked(text: string): ChatPart {
  return { type: "text", text: `<system>\n${text}\n</system>` };
}

function partsOf(content: Content): ChatPart[] {
  if (typeof content === "string") return [{ type: "text", text: content }];
  return content.map((part) => {
    if (part.type === "input_image") return { type: "image_url", image_url: { url: part.image_url } };
    return { type: "text", text: part.type === "refusal" ? part.refusal : part.text };
  });
}

function textOf(content: Content): string {
  return partsOf(content)
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join("\n\n");
}

function texts(parts: { text: string }[]): string {
  return parts.map(({ text }) => text).join("\n");
}
