import type { JsonObject } from "../../../domain/json-object.ts";
import type { RequestFixup } from "./fixup.ts";
import { isSystem, itemTexts, plainText, withList, withMessages } from "./message.ts";

export const leadSystem: RequestFixup = {
  name: "lead-system",
  about:
    "For templates that take one system message, in the first place, and refuse or drop any other (Qwen 3.5 and later): all of them are joined there.",
  example: {
    before: {
      messages: [
        { role: "system", content: "You write titles." },
        { role: "user", content: "Hello" },
        { role: "system", content: "Be brief." },
      ],
    },
    after: {
      messages: [
        { role: "system", content: "You write titles.\n\nBe brief." },
        { role: "user", content: "Hello" },
      ],
    },
  },
  apply: {
    chat: (body) => withMessages(body, led),
    messages: (body) => gathered(body, "system", "messages"),
    responses: (body) => gathered(body, "instructions", "input"),
  },
};

function led(messages: unknown[]): unknown[] {
  const first = messages.findIndex(isSystem);
  if (first <= 0 && messages.findLastIndex(isSystem) <= 0) return messages;
  const texts = textsOf(messages);
  if (texts === null) return messages;
  return [{ role: "system", content: texts.join("\n\n") }, ...messages.filter((message) => !isSystem(message))];
}

/** Where the system's text is a field of its own. */
function gathered(body: JsonObject, field: string, list: string): JsonObject {
  const messages = body[list];
  if (!Array.isArray(messages) || !messages.some(isSystem)) return body;
  const own = body[field] === undefined || body[field] === null ? "" : plainText(body[field], itemTexts);
  const texts = textsOf(messages);
  if (own === null || texts === null) return body;
  const joined = [own, ...texts].filter((text) => text !== "").join("\n\n");
  return { ...withList(body, list, (all) => all.filter((one) => !isSystem(one))), [field]: joined };
}

/** Null where one of them is more than text. */
function textsOf(messages: unknown[]): string[] | null {
  const texts = messages.filter(isSystem).map(({ content }) => plainText(content ?? "", itemTexts));
  return texts.every((text) => text !== null) ? texts.filter((text) => text !== "") : null;
}
