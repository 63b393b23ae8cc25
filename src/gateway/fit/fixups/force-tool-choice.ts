import { isObject } from "../../../domain/json-object.ts";
import type { RequestFixup } from "./fixup.ts";
import { hasTools } from "./message.ts";

const tools = [{ type: "function", function: { name: "read" } }];

export const forceToolChoice: RequestFixup = {
  name: "force-tool-choice",
  about:
    "For models that describe a call instead of making it (Qwen coders): `tool_choice: required` where the client leaves the choice, until the conversation has a tool's result.",
  example: {
    before: { messages: [{ role: "user", content: "What is in a.txt?" }], tools },
    after: { messages: [{ role: "user", content: "What is in a.txt?" }], tools, tool_choice: "required" },
  },
  apply(body) {
    const { tool_choice: choice, messages } = body;
    const isFree = choice === undefined || choice === null || choice === "auto";
    if (!isFree || !hasTools(body) || !Array.isArray(messages)) return body;
    const answered = messages.some((message) => isObject(message) && message.role === "tool");
    return answered ? body : { ...body, tool_choice: "required" };
  },
};
