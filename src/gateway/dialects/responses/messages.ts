/** Input items as chat messages. What the assistant thought, said and called between two turns is one message. */
import { type ChatMessage, type ChatPart, contentOf } from "../chat/request.ts";
import { customArguments } from "./custom-tool.ts";
import type { Content, Item, ResponsesRequest } from "./request.ts";

type Assistant = Extract<ChatMessage, { role: "assistant" }>;
/** A user's turn, its parts apart as long as it can grow. */
type Turn = { role: "user"; parts: ChatPart[] } | Exclude<ChatMessage, { role: "user" }>;

export function chatMessages({ instructions, input }: Pick<ResponsesRequest, "instructions" | "input">): ChatMessage[] {
  const items: Item[] = typeof input === "string" ? [{ type: "message", role: "user", content: input }] : input;
  const opening = items.findIndex((item) => !isInstruction(item));
  const leading = items.slice(0, opening < 0 ? items.length : opening);
  const system = [instructions ?? "", ...leading.map((item) => textOf((item as { content: Content }).content))];
  const said = system.filter((text) => text !== "").join("\n\n");
  const turns: Turn[] = [];
  for (const item of items.slice(leading.length)) addItem(turns, item);
  return [...(said === "" ? [] : [{ role: "system" as const, content: said }]), ...turns.map(asMessage)];
}

function isInstruction(item: Item): boolean {
  return item.type === "message" && (item.role === "system" || item.role === "developer");
}

/** The last turn grows where it is the same side's. */
function addItem(turns: Turn[], item: Item): void {
  switch (item.type) {
    case "message":
      if (item.role === "assistant") addContent(assistantTurn(turns), textOf(item.content));
      // Templates take a system message in the first place only.
      else addParts(turns, item.role === "user" ? partsOf(item.content) : [marked(textOf(item.content))]);
      break;
    case "reasoning":
      addThought(assistantTurn(turns), texts(item.content?.length ? item.content : (item.summary ?? [])));
      break;
    case "function_call":
      addCall(assistantTurn(turns), item.call_id, item.name, item.arguments);
      break;
    case "custom_tool_call":
      addCall(assistantTurn(turns), item.call_id, item.name, customArguments(item.input));
      break;
    case "function_call_output":
    case "custom_tool_call_output": {
      turns.push({ role: "tool", tool_call_id: item.call_id, content: textOf(item.output) });
      const images = partsOf(item.output).filter((part) => part.type === "image_url");
      if (images.length > 0) addParts(turns, images);
      break;
    }
    case "web_search_call":
      break;
  }
}

function addParts(turns: Turn[], parts: ChatPart[]): void {
  const last = turns.at(-1);
  if (last?.role === "user") last.parts.push(...parts);
  else turns.push({ role: "user", parts });
}

function assistantTurn(turns: Turn[]): Assistant {
  const last = turns.at(-1);
  if (last?.role === "assistant") return last;
  const turn: Assistant = { role: "assistant", content: null };
  turns.push(turn);
  return turn;
}

function addContent(turn: Assistant, text: string): void {
  turn.content = turn.content ? `${turn.content}\n${text}` : text;
}

function addThought(turn: Assistant, text: string): void {
  if (text === "") return;
  turn.reasoning_content = turn.reasoning_content ? `${turn.reasoning_content}\n${text}` : text;
}

function addCall(turn: Assistant, id: string, name: string, text: string): void {
  turn.tool_calls ??= [];
  turn.tool_calls.push({ id, type: "function", function: { name, arguments: text } });
}

/** Templates want text where nothing was called. */
function asMessage(turn: Turn): ChatMessage {
  if (turn.role === "user") return { role: "user", content: contentOf(turn.parts) };
  if (turn.role === "assistant" && turn.tool_calls === undefined) return { ...turn, content: turn.content ?? "" };
  return turn;
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
