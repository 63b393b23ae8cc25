/** Reading messages of which nothing is known but that they are JSON. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import type { ChatBody } from "./fixup.ts";

/** The body with its messages passed through `change`; the very same body where they come back as they were. */
export function withMessages(body: ChatBody, change: (messages: unknown[]) => unknown[]): ChatBody {
  if (!Array.isArray(body.messages)) return body;
  const before: unknown[] = body.messages;
  const messages = change(before);
  const same = messages.length === before.length && messages.every((message, place) => message === before[place]);
  return same ? body : { ...body, messages };
}

/** As `withMessages`, one message at a time. */
export function withEachMessage(body: ChatBody, change: (message: JsonObject) => JsonObject): ChatBody {
  return withMessages(body, (messages) => messages.map((one) => (isObject(one) ? change(one) : one)));
}

export function without(body: ChatBody, names: readonly string[]): ChatBody {
  if (!names.some((name) => Object.hasOwn(body, name))) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

/** Content that is text alone, in one piece; null for any other. */
export function plainText(content: unknown): string | null {
  if (typeof content === "string") return content;
  if (!Array.isArray(content) || content.length === 0) return null;
  const texts = content.map((part) => (isObject(part) && part.type === "text" ? part.text : null));
  return texts.every((text) => typeof text === "string") ? texts.join("\n\n") : null;
}

export function hasTools({ tools }: ChatBody): boolean {
  return Array.isArray(tools) && tools.length > 0;
}

export function isSystem(message: unknown): message is JsonObject {
  return isObject(message) && (message.role === "system" || message.role === "developer");
}
