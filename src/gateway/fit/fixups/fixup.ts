/** What a fixup is: see README.md. */
import type { FixupName } from "../../../domain/fixup-name.ts";
import type { JsonObject } from "../../../domain/json-object.ts";
import type { Form } from "../form.ts";

/** A chat request in OpenAI's words, parsed. Its values are whatever the client sent. */
export type ChatBody = JsonObject;

/** Bodies that hold a conversation. */
export type ConversationForm = Exclude<Form, "text">;

/** Pure and idempotent, for any JSON object. Returns the very same object where nothing is to be corrected. */
export type Correction = (body: JsonObject) => JsonObject;

/** The same correction in each of the words in which an engine may be asked. */
export type Corrections = Record<ConversationForm, Correction>;

export interface RequestFixup {
  name: FixupName;
  /** For the docs: what it does, and which models want it. */
  about: string;
  /** Of a chat. */
  example: { before: ChatBody; after: ChatBody };
  apply: Corrections;
}
