/** Turns of a conversation that become one, and system texts that become a part of one. For chats, messages and items. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { isSystem, itemTexts, plainText } from "./message.ts";

/** Opens a conversation that the assistant would open. */
const opening = "(The conversation begins.)";

/** `textType`: of a part that is text. */
export function alternating(messages: unknown[], textType: "text" | "input_text"): unknown[] {
  const leading = messages.findIndex((message) => !isSystem(message));
  const turns: unknown[] = [];
  for (const [place, message] of messages.entries()) {
    add(turns, asTurn(message, leading < 0 || place < leading), textType);
  }
  const first = turns[0];
  const needsOpening = isObject(first) && first.role === "assistant";
  return needsOpening ? [{ role: "user", content: opening }, ...turns] : turns;
}

/** A system message as the user's; one in the midst of it marked as not being the user's own words. */
function asTurn(message: unknown, leads: boolean): unknown {
  if (!isSystem(message)) return message;
  const said = plainText(message.content, itemTexts);
  return {
    ...message,
    role: "user",
    content: leads || said === null ? message.content : `<system>\n${said}\n</system>`,
  };
}

/** The last turn grows where it is the same side's and both can be joined. */
function add(turns: unknown[], message: unknown, textType: string): void {
  const last = turns.at(-1);
  const joined = isObject(last) && isObject(message) ? joinedTurns(last, message, textType) : null;
  if (joined === null) turns.push(message);
  else turns[turns.length - 1] = joined;
}

function joinedTurns(one: JsonObject, other: JsonObject, textType: string): JsonObject | null {
  if (one.role !== other.role || (one.role !== "user" && one.role !== "assistant")) return null;
  // Items of the Responses API that the assistant said have states of their own.
  if (one.role === "assistant" && textType === "input_text") return null;
  const content = joinedContent(one.content, other.content, textType);
  if (content === undefined) return null;
  const calls = [one.tool_calls, other.tool_calls].filter((list) => Array.isArray(list)).flat();
  return { ...other, ...one, content, ...(calls.length > 0 ? { tool_calls: calls } : {}) };
}

/** Undefined where one of them is no content that could be joined. */
function joinedContent(one: unknown, other: unknown, textType: string): unknown {
  if (!isContent(one) || !isContent(other)) return undefined;
  if (isNothing(one)) return other ?? one ?? null;
  if (isNothing(other)) return one;
  if (typeof one === "string" && typeof other === "string") return `${one}\n\n${other}`;
  return [...asParts(one, textType), ...asParts(other, textType)];
}

function isNothing(content: unknown): boolean {
  return (
    content === null || content === undefined || content === "" || (Array.isArray(content) && content.length === 0)
  );
}

function isContent(value: unknown): value is string | unknown[] | null | undefined {
  return typeof value === "string" || Array.isArray(value) || value === null || value === undefined;
}

function asParts(content: unknown, textType: string): unknown[] {
  return Array.isArray(content) ? content : [{ type: textType, text: content }];
}
