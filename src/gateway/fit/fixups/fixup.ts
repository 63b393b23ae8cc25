/** What a fixup is: see README.md. */
import type { FixupName } from "../../../domain/fixup-name.ts";

/** A chat request in OpenAI's words, parsed. Its values are whatever the client sent. */
export type ChatBody = Record<string, unknown>;

export interface RequestFixup {
  name: FixupName;
  /** For the docs: what it does, and which models want it. */
  about: string;
  example: { before: ChatBody; after: ChatBody };
  /** Pure and idempotent, for any JSON object. Returns the very same object where nothing is to be corrected. */
  apply(body: ChatBody): ChatBody;
}
