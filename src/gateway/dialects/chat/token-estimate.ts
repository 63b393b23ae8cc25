/**
 * A prompt's length without its model's tokenizer, rather too long than too short: clients that make room by such a
 * count must not run into the window. English comes out about a third too long.
 */
import type { ChatMessage, ChatPart } from "./request.ts";

/** Role, separators and what the template writes around a message. */
const perMessage = 12;
/** What vision models here make of one image at most, unless they tile it. */
const perImage = 1600;

export function estimateTokens(messages: ChatMessage[], tools: unknown): number {
  const prompt = messages.reduce((sum, message) => sum + perMessage + messageTokens(message), perMessage);
  return prompt + (tools === undefined ? 0 : perMessage + textTokens(JSON.stringify(tools)));
}

function messageTokens(message: ChatMessage): number {
  const { content } = message;
  const said = typeof content === "string" ? textTokens(content) : (content ?? []).reduce(addPart, 0);
  const calls = message.role === "assistant" && message.tool_calls ? JSON.stringify(message.tool_calls) : "";
  return said + textTokens(calls);
}

function addPart(sum: number, part: ChatPart): number {
  return sum + (part.type === "text" ? textTokens(part.text) : perImage);
}

/** Words in pieces of up to five letters with the space before them, digits and signs one by one, other scripts by their bytes. */
export function textTokens(text: string): number {
  let count = 0;
  for (const [piece] of text.matchAll(/[A-Za-z]+|[^\S\n]+|[^\x20-\x7e\n]+|[^A-Za-z\s]|\n+/g)) {
    const first = piece.charCodeAt(0);
    if (first > 0x7e) count += Math.ceil(Buffer.byteLength(piece) / 2);
    else if (/[A-Za-z]/.test(piece[0]!)) count += Math.ceil(piece.length / 5);
    else if (piece !== " ") count += 1;
  }
  return count;
}
