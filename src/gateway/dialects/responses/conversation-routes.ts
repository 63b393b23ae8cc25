/** Routes for conversations that are kept. */
import { randomBytes } from "node:crypto";
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { Problem } from "../../../domain/problem.ts";
import type { LocalRoute } from "../api.ts";
import { badField } from "../read-request.ts";
import { type Conversation, conversationObject, conversationOf, keepConversation } from "./conversation.ts";
import { itemList } from "./item-list.ts";
import { itemsIn, withIds } from "./kept-items.ts";

export const conversationRoutes: LocalRoute[] = [
  {
    method: "POST",
    path: "/v1/conversations",
    what: "begins a conversation that is kept, for `conversation` of a response",
    answer({ body }, { kept }) {
      const conversation: Conversation = {
        id: `conv_${newId()}`,
        createdAt: Math.floor(Date.now() / 1000),
        metadata: metadataIn(body),
        items: addedIn(body),
      };
      keepConversation(kept, conversation);
      return conversationObject(conversation);
    },
  },
  {
    method: "GET",
    path: "/v1/conversations/{id}",
    what: "one that is kept",
    answer: ({ named }, { kept }) => conversationObject(conversationOf(kept, named)),
  },
  {
    method: "POST",
    path: "/v1/conversations/{id}",
    what: "notes other `metadata` beside it",
    answer({ named, body }, { kept }) {
      const conversation = { ...conversationOf(kept, named), metadata: metadataIn(body) };
      keepConversation(kept, conversation);
      return conversationObject(conversation);
    },
  },
  {
    method: "DELETE",
    path: "/v1/conversations/{id}",
    what: "throws it away",
    answer({ named }, { kept }) {
      const { id } = conversationOf(kept, named);
      kept.delete(id);
      return { id, object: "conversation.deleted", deleted: true };
    },
  },
  {
    method: "GET",
    path: "/v1/conversations/{id}/items",
    what: "what was said in it, page by page",
    answer: ({ named, query }, { kept }) => itemList(conversationOf(kept, named).items, query),
  },
  {
    method: "POST",
    path: "/v1/conversations/{id}/items",
    what: "adds items to it",
    answer({ named, body }, { kept }) {
      const conversation = conversationOf(kept, named);
      const added = addedIn(body);
      if (added.length === 0) throw badField("items", "expected a list of items");
      keepConversation(kept, { ...conversation, items: [...conversation.items, ...added] });
      return itemList(added, new URLSearchParams({ order: "asc", limit: "100" }));
    },
  },
  {
    method: "GET",
    path: "/v1/conversations/{id}/items/{item}",
    what: "one of them",
    answer: ({ named, item }, { kept }) => itemOf(conversationOf(kept, named), item),
  },
  {
    method: "DELETE",
    path: "/v1/conversations/{id}/items/{item}",
    what: "throws that one away",
    answer({ named, item }, { kept }) {
      const conversation = conversationOf(kept, named);
      const gone = itemOf(conversation, item);
      keepConversation(kept, { ...conversation, items: conversation.items.filter((one) => one.id !== gone.id) });
      return conversationObject(conversation);
    },
  },
];

function newId(): string {
  return randomBytes(24).toString("hex");
}

function metadataIn({ metadata = {} }: JsonObject): JsonObject {
  if (isObject(metadata)) return metadata;
  if (metadata === null) return {};
  throw badField("metadata", "expected an object");
}

/** OpenAI takes twenty at a time. */
const mostAdded = 20;

function addedIn({ items }: JsonObject): JsonObject[] {
  if (items === undefined || items === null) return [];
  if (!Array.isArray(items)) throw badField("items", "expected a list of items");
  if (items.length > mostAdded) throw badField("items", `expected at most ${mostAdded} items at a time`);
  return withIds(itemsIn(items), newId());
}

function itemOf({ items }: Conversation, id: string): JsonObject {
  const found = items.find((item) => item.id === id);
  if (found !== undefined) return found;
  throw new Problem("conversation_not_found", `There is no item '${id.slice(0, 100)}' in this conversation.`);
}
