import type { JsonObject } from "../../../../domain/json-object.ts";
import { withEach } from "../message.ts";
import type { GeneralFixup } from "./general-fixup.ts";

const hello = { role: "user", content: "Hello" };
const names = ["reasoning", "reasoning_content"];

export const thoughtNames: GeneralFixup = {
  name: "thought-names",
  about:
    "For every model: what the assistant thought in earlier turns goes to the engine under both of its names: vLLM reads `reasoning`, llama.cpp and SGLang read `reasoning_content`.",
  example: {
    before: { messages: [hello, { role: "assistant", content: "Hi", reasoning_content: "A greeting." }] },
    after: {
      messages: [
        hello,
        { role: "assistant", content: "Hi", reasoning_content: "A greeting.", reasoning: "A greeting." },
      ],
    },
  },
  marks: names,
  mayChange: (_, { words }, form) => form === "chat" && names.some((name) => words.has(name)),
  apply: (body, form) => (form === "chat" ? withEach(body, "messages", namedTwice) : body),
};

function namedTwice(message: JsonObject): JsonObject {
  const { role, reasoning, reasoning_content: content } = message;
  if (role !== "assistant") return message;
  if (isText(reasoning) && !isText(content)) return { ...message, reasoning_content: reasoning };
  return isText(content) && !isText(reasoning) ? { ...message, reasoning: content } : message;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
