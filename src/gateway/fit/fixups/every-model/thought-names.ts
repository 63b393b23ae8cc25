import type { JsonObject } from "../../../../domain/json-object.ts";
import { withEach } from "../message.ts";
import type { GeneralFixup } from "./general-fixup.ts";

const hello = { role: "user", content: "Hello" };
/** With its closing quote: requests that ask for an effort have `reasoning_effort` in them. */
const traces = ['"reasoning"', '"reasoning_content"'].map((text) => Buffer.from(text));

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
  mayChange: ({ bytes }, form) => form === "chat" && traces.some((trace) => bytes.includes(trace)),
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
