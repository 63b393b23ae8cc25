/** A conversation that is kept: what was said in it so far, and what its client notes beside it. */
import type { JsonObject } from "../../../domain/json-object.ts";
import { isObject } from "../../../domain/json-object.ts";
import { Problem } from "../../../domain/problem.ts";
import type { Kept } from "../../kept/kept.ts";
import { objectsIn, shown } from "./kept-response.ts";

export interface Conversation {
  id: string;
  /** Seconds since the epoch. */
  createdAt: number;
  metadata: JsonObject;
  items: JsonObject[];
}

/** Throws a Problem (`conversation_not_found`). */
export function conversationOf(kept: Kept, id: string): Conversation {
  const found = id.startsWith("conv") ? kept.get(id) : null;
  if (found !== null) {
    const metadata = isObject(found.metadata) ? found.metadata : {};
    return { id, createdAt: Number(found.createdAt), metadata, items: objectsIn(found.items) };
  }
  throw new Problem(
    "conversation_not_found",
    `Conversation with id '${shown(id)}' not found. Hearth keeps a conversation for the key that began it, in memory and ` +
      "for the time of `responses.time`. Begin a new one with POST /v1/conversations, or send the whole as `input`.",
    { param: "conversation" },
  );
}

/** Throws a Problem where nothing is kept here (`not_supported`), or not so much (`request_too_large`). */
export function keepConversation(kept: Kept, { id, ...conversation }: Conversation): void {
  if (kept.keeping === "never") {
    throw new Problem(
      "not_supported",
      "Nothing is kept here: `responses.store` is `never` in hearth.yaml. Send the whole conversation as `input`.",
    );
  }
  if (kept.put(id, { ...conversation })) return;
  throw new Problem(
    "request_too_large",
    "The conversation is larger than what is kept of one. Begin a new one, or raise `responses.memory` in hearth.yaml.",
  );
}

/** What of it still holds in the answer: null where it is gone meanwhile, or has outgrown what is kept. */
export function continueConversation(kept: Kept, id: string, said: JsonObject[]): { id: string } | null {
  try {
    const conversation = conversationOf(kept, id);
    keepConversation(kept, { ...conversation, items: [...conversation.items, ...said] });
    return { id };
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** As its routes show it. */
export function conversationObject({ id, createdAt, metadata }: Conversation): JsonObject {
  return { id, object: "conversation", created_at: createdAt, metadata };
}
