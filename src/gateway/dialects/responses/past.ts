/** What a request goes on from: a response or a conversation that is kept here. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { Problem } from "../../../domain/problem.ts";
import type { Kept } from "../../kept/kept.ts";
import { conversationOf } from "./conversation.ts";
import { itemsIn } from "./kept-items.ts";
import { historyUpTo } from "./kept-response.ts";

export interface Past {
  /** Id of the response; null where it goes on from none. */
  previous: string | null;
  /** Id of the conversation; null likewise. */
  conversation: string | null;
  items: JsonObject[];
}

/** Throws a Problem where it is not here, or there are two of it. */
export function pastOf(body: JsonObject, kept: Kept): Past {
  // Some clients send an empty one with their first request.
  const previous = typeof body.previous_response_id === "string" ? body.previous_response_id || null : null;
  const conversation = conversationIn(body.conversation);
  if (previous !== null && conversation !== null) {
    throw new Problem(
      "invalid_request",
      "previous_response_id and conversation cannot both say what came before: send one of them.",
      { param: "previous_response_id" },
    );
  }
  if (previous !== null) return { previous, conversation, items: historyUpTo(kept, previous) };
  return { previous, conversation, items: conversation === null ? [] : conversationOf(kept, conversation).items };
}

/** The request with the whole of what came before in its input, for an engine that keeps nothing. */
export function withPast(body: JsonObject, { previous, conversation, items }: Past): JsonObject {
  if (previous === null && conversation === null) return body;
  const { previous_response_id: _, conversation: __, ...rest } = body;
  return { ...rest, input: [...items, ...itemsIn(body.input)], store: false };
}

function conversationIn(conversation: unknown): string | null {
  const id = isObject(conversation) ? conversation.id : conversation;
  return typeof id === "string" ? id : null;
}
