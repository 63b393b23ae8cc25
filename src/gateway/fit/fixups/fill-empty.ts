import type { JsonObject } from "../../../domain/json-object.ts";
import type { RequestFixup } from "./fixup.ts";
import { isMessage, withEach } from "./message.ts";

const placeholder = "(no text)";

export const fillEmpty: RequestFixup = {
  name: "fill-empty",
  about: `For templates that break on a message without content: it says \`${placeholder}\` instead. A message that calls tools needs no content.`,
  example: {
    before: {
      messages: [
        { role: "user", content: "" },
        { role: "assistant", content: null },
      ],
    },
    after: {
      messages: [
        { role: "user", content: placeholder },
        { role: "assistant", content: placeholder },
      ],
    },
  },
  apply: {
    chat: (body) => withEach(body, "messages", filled),
    messages: (body) => withEach(body, "messages", filled),
    responses: (body) => withEach(body, "input", (item) => (isMessage(item) ? filled(item) : item)),
  },
};

function filled(message: JsonObject): JsonObject {
  return saysNothing(message) ? { ...message, content: placeholder } : message;
}

function saysNothing({ role, content, tool_calls: calls }: JsonObject): boolean {
  if (typeof role !== "string" || (Array.isArray(calls) && calls.length > 0)) return false;
  if (typeof content === "string") return content.trim() === "";
  return content === null || content === undefined || (Array.isArray(content) && content.length === 0);
}
