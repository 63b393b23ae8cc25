import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import type { RequestFixup } from "./fixup.ts";
import { hasTools, isSystem, withMessages } from "./message.ts";
import { choiceIn } from "./tool-choice.ts";

const advice =
  "Call a tool only where the answer needs it, and never one that is not listed. In all other cases answer in plain text.";

export const calmTools: RequestFixup = {
  name: "calm-tools",
  about:
    "For models that call a tool for everything once they have some (Llama 3.3): one sentence in the system text says when to call one. Where the client demands a call, nothing is said.",
  example: {
    before: {
      messages: [{ role: "user", content: "Hello" }],
      tools: [{ type: "function", function: { name: "read" } }],
    },
    after: {
      messages: [
        { role: "system", content: advice },
        { role: "user", content: "Hello" },
      ],
      tools: [{ type: "function", function: { name: "read" } }],
    },
  },
  apply: {
    chat: (body) => (isCalledFor(body) ? withMessages(body, advised) : body),
    messages: (body) => (isCalledFor(body) ? withAdvice(body, "system") : body),
    responses: (body) => (isCalledFor(body) ? withAdvice(body, "instructions") : body),
  },
};

function isCalledFor(body: JsonObject): boolean {
  return hasTools(body) && choiceIn(body) === "free";
}

/** Where the system's text is a field of its own; other fixups may have moved it. */
function withAdvice(body: JsonObject, name: string): JsonObject {
  const { [name]: said, messages, input } = body;
  const list = [messages, input].find((one) => Array.isArray(one)) ?? [];
  if (hasAdvice({ content: said }) || list.some(hasAdvice)) return body;
  if (Array.isArray(said)) return { ...body, [name]: [...said, { type: "text", text: advice }] };
  if (said !== undefined && said !== null && typeof said !== "string") return body;
  return { ...body, [name]: said ? `${said}\n\n${advice}` : advice };
}

function advised(messages: unknown[]): unknown[] {
  if (messages.some(hasAdvice)) return messages;
  const [first, ...rest] = messages;
  const content = isSystem(first) ? first.content : undefined;
  if (isSystem(first) && typeof content === "string") {
    return [{ ...first, content: `${content}\n\n${advice}` }, ...rest];
  }
  if (isSystem(first) && Array.isArray(content) && content.length > 0) {
    return [{ ...first, content: [...content, { type: "text", text: advice }] }, ...rest];
  }
  return [{ role: "system", content: advice }, ...messages];
}

/** Other fixups may have moved it into another message. */
function hasAdvice(message: unknown): boolean {
  if (!isObject(message)) return false;
  const { content } = message;
  const texts: unknown[] = Array.isArray(content) ? content.map((part: JsonObject | null) => part?.text) : [content];
  return texts.some((text) => typeof text === "string" && text.includes(advice));
}
