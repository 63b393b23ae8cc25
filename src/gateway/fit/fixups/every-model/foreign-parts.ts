import { isObject, type JsonObject } from "../../../../domain/json-object.ts";
import { textWithin, unknownPart } from "../../../dialects/chat/unread.ts";
import { changed, withField } from "../../../dialects/media.ts";
import { withEach } from "../message.ts";
import type { GeneralFixup } from "./general-fixup.ts";

const hello = { role: "user", content: "Hello" };

/** Parts of other APIs that clients leave in a chat when they change their model; engines refuse each of them. */
const foreign = new Set([
  ...["thinking", "redacted_thinking", "reasoning_text", "summary_text", "input_text", "output_text"],
  ...["tool_use", "tool_result", "server_tool_use", "web_search_tool_result", "mcp_tool_use", "mcp_tool_result"],
  ...["document", "search_result", "container_upload", "tool_reference", "item_reference"],
]);

export const foreignParts: GeneralFixup = {
  name: "foreign-parts",
  about:
    "For every model: parts of other vendors' APIs within a chat's messages, which engines refuse, become text. What their vendor encrypted is left out.",
  example: {
    before: {
      messages: [
        hello,
        {
          role: "assistant",
          content: [
            { type: "redacted_thinking", data: "AAAA" },
            { type: "output_text", text: "Hi" },
          ],
        },
      ],
    },
    after: { messages: [hello, { role: "assistant", content: [{ type: "text", text: "Hi" }] }] },
  },
  marks: [...foreign],
  mayChange: (_, { words }, form) => form === "chat" && [...foreign].some((type) => words.has(type)),
  apply: (body, form) => (form === "chat" ? withEach(body, "messages", readable) : body),
};

function readable(message: JsonObject): JsonObject {
  if (!Array.isArray(message.content)) return message;
  const own = message.content.filter((part) => !(isObject(part) && part.type === "redacted_thinking"));
  const content = own.length === message.content.length ? message.content : own;
  return withField(message, "content", changed<unknown>(content, asText));
}

function asText(part: unknown): unknown {
  if (!isObject(part) || typeof part.type !== "string" || !foreign.has(part.type)) return part;
  const { type, thinking, name, input } = part;
  if (typeof thinking === "string") return { type: "text", text: thinking };
  const called = typeof name === "string" ? `${name} was used: ${JSON.stringify(input ?? {})}` : "";
  const text = called === "" ? textWithin(part) : `[${called}]`;
  return { type: "text", text: text === "" ? unknownPart(type) : text };
}
