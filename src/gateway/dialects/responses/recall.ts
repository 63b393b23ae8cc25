/**
 * A request that goes on from what is kept here, or whose response is to be kept. Engines are asked with the whole
 * conversation: what is kept, is kept by Hearth.
 */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { Problem } from "../../../domain/problem.ts";
import type { Kept } from "../../kept/kept.ts";
import type { Recall } from "../recall.ts";
import { continueConversation, conversationOf } from "./conversation.ts";
import { keptAnswer, type Marks } from "./kept-answer.ts";
import { itemsIn, withIds } from "./kept-items.ts";
import { historyUpTo, keepResponse, objectsIn } from "./kept-response.ts";

/** Throws a Problem where it refers to what is not here. */
export const recallResponse: Recall = (bytes, kept) => {
  if (!mayRecall(bytes, kept)) return null;
  const body = JSON.parse(bytes.toString("utf8")) as JsonObject;
  const previous = typeof body.previous_response_id === "string" ? body.previous_response_id : null;
  const conversation = conversationIn(body.conversation);
  const store = isToBeKept(body.store, kept);
  if (previous === null && conversation === null && !store) return null;
  const history = historyOf(previous, conversation, kept);
  const added = itemsIn(body.input);
  return {
    body: previous === null && conversation === null ? null : withHistory(body, history),
    answer: (inner, { id }) => {
      const marks: Marks = {
        store,
        previous_response_id: previous,
        ...(conversation === null ? {} : { conversation: { id: conversation } }),
      };
      return keptAnswer(inner, body.stream === true, marks, (response) => {
        const items = withIds(added, `${id}_in`);
        const kept_ = { response: { ...response, ...marks }, items: [...history, ...items] };
        return {
          ...marks,
          store: store && keepResponse(kept, kept_),
          ...(conversation === null
            ? {}
            : { conversation: continueConversation(kept, conversation, [...items, ...objectsIn(response.output)]) }),
        };
      });
    },
  };
};

/** True too often rather than too seldom. */
function mayRecall(bytes: Buffer, { keeping }: Kept): boolean {
  return (
    keeping === "always" ||
    bytes.includes('"previous_response_id"') ||
    bytes.includes('"conversation"') ||
    (keeping === "asked" && saysStore(bytes))
  );
}

/** `"store": true` somewhere: Codex says `false` with every request. */
function saysStore(bytes: Buffer): boolean {
  for (let at = bytes.indexOf('"store"'); at >= 0; at = bytes.indexOf('"store"', at + 1)) {
    if (/^\s{0,8}:\s{0,8}true/.test(bytes.toString("latin1", at + 7, at + 32))) return true;
  }
  return false;
}

function isToBeKept(store: unknown, { keeping }: Kept): boolean {
  if (keeping === "never") return false;
  return store === true || (keeping === "always" && store !== false);
}

function conversationIn(conversation: unknown): string | null {
  const id = isObject(conversation) ? conversation.id : conversation;
  return typeof id === "string" ? id : null;
}

function historyOf(previous: string | null, conversation: string | null, kept: Kept): JsonObject[] {
  if (previous !== null && conversation !== null) {
    throw new Problem(
      "invalid_request",
      "previous_response_id and conversation cannot both say what came before: send one of them.",
      { param: "previous_response_id" },
    );
  }
  if (previous !== null) return historyUpTo(kept, previous);
  return conversation === null ? [] : conversationOf(kept, conversation).items;
}

function withHistory(body: JsonObject, history: JsonObject[]): JsonObject {
  const { previous_response_id: _, conversation: __, ...rest } = body;
  return { ...rest, input: [...history, ...itemsIn(body.input)], store: false };
}
