import type { JsonObject } from "../../../domain/json-object.ts";
import { withField } from "../../dialects/media.ts";
import type { RequestFixup } from "./fixup.ts";
import { isMessage, itemTexts, plainText, withEach } from "./message.ts";

export const flattenText: RequestFixup = {
  name: "flatten-text",
  about:
    "For templates that take only strings: content in text parts is joined to one string. Content with any other part is left as it is.",
  example: {
    before: {
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "Read this." },
            { type: "text", text: "Then answer." },
          ],
        },
      ],
    },
    after: { messages: [{ role: "user", content: "Read this.\n\nThen answer." }] },
  },
  apply: {
    chat: (body) => withEach(body, "messages", (message) => flattened(message, "content")),
    messages: (body) =>
      flattened(
        withEach(body, "messages", (message) => flattened(message, "content")),
        "system",
      ),
    responses: (body) =>
      withEach(body, "input", (item) => (isMessage(item) ? flattened(item, "content", itemTexts) : item)),
  },
};

function flattened(holder: JsonObject, name: string, types?: readonly string[]): JsonObject {
  const text = plainText(holder[name], types);
  return text === null ? holder : withField(holder, name, text);
}
