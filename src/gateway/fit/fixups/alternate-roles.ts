import type { JsonObject } from "../../../domain/json-object.ts";
import type { RequestFixup } from "./fixup.ts";
import { itemTexts, plainText, withList, withMessages, without } from "./message.ts";
import { alternating } from "./turns.ts";

export const alternateRoles: RequestFixup = {
  name: "alternate-roles",
  about:
    "For templates that want user and assistant strictly in turn: the system text opens the first user message, later system texts stand marked in a user message, neighbours of one role become one message.",
  example: {
    before: {
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Hello" },
        { role: "user", content: "What is the sea?" },
      ],
    },
    after: { messages: [{ role: "user", content: "Be brief.\n\nHello\n\nWhat is the sea?" }] },
  },
  apply: {
    chat: (body) => withMessages(body, (messages) => alternating(messages, "text")),
    messages: (body) => alternated(body, "system", "messages", "text"),
    responses: (body) => alternated(body, "instructions", "input", "input_text"),
  },
};

/** Where the system's text is a field of its own. */
function alternated(body: JsonObject, system: string, list: string, textType: "text" | "input_text"): JsonObject {
  const said = plainText(body[system], itemTexts);
  const turns = asTurns(body[list]);
  if (turns === null) return body;
  if (said === null || said.trim() === "") return withList(body, list, () => alternating(turns, textType));
  const led = alternating([{ role: "system", content: said }, ...turns], textType);
  return { ...without(body, [system]), [list]: led };
}

/** Input may be a text. */
function asTurns(list: unknown): unknown[] | null {
  if (typeof list === "string") return [{ role: "user", content: list }];
  return Array.isArray(list) ? list : null;
}
