/** Reading messages of which nothing is known but that they are JSON. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { changed } from "../../dialects/media.ts";

/** The body with the list at `name` passed through `change`; the very same body where it comes back as it was. */
export function withList(body: JsonObject, name: string, change: (list: unknown[]) => unknown[]): JsonObject {
  const before = body[name];
  if (!Array.isArray(before)) return body;
  const after = change(before);
  const same = after.length === before.length && after.every((one, place) => one === before[place]);
  return same ? body : { ...body, [name]: after };
}

/** As `withList` for chats and Anthropic's messages. */
export function withMessages(body: JsonObject, change: (messages: unknown[]) => unknown[]): JsonObject {
  return withList(body, "messages", change);
}

/** One message, or item, at a time. `name`: of their list. */
export function withEach(body: JsonObject, name: string, change: (message: JsonObject) => JsonObject): JsonObject {
  return withList(body, name, (list) => [...changed(list, (one) => (isObject(one) ? change(one) : one))]);
}

export function without(body: JsonObject, names: readonly string[]): JsonObject {
  if (!names.some((name) => Object.hasOwn(body, name))) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

/** Content that is text alone, in one piece; null for any other. `types`: of parts that are text. */
export function plainText(content: unknown, types: readonly string[] = ["text"]): string | null {
  if (typeof content === "string") return content;
  if (!Array.isArray(content) || content.length === 0) return null;
  const texts = content.map((part) => (isObject(part) && types.includes(String(part.type)) ? part.text : null));
  return texts.every((text) => typeof text === "string") ? texts.join("\n\n") : null;
}

/** Types of parts that are text in the Responses API. */
export const itemTexts = ["input_text", "output_text", "text"] as const;

export function hasTools({ tools }: JsonObject): boolean {
  return Array.isArray(tools) && tools.length > 0;
}

/** A message of a chat, or an item of the Responses API, that the system says. */
export function isSystem(message: unknown): message is JsonObject {
  if (!isObject(message) || (message.type !== undefined && message.type !== "message")) return false;
  return message.role === "system" || message.role === "developer";
}

/** An item of the Responses API that is a message. */
export function isMessage(item: JsonObject): boolean {
  return item.type === "message" || (item.type === undefined && typeof item.role === "string");
}
