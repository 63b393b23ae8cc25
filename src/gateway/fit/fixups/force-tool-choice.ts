import type { ConversationForm, Correction, RequestFixup } from "./fixup.ts";
import { hasTools } from "./message.ts";
import { choiceAs, choiceIn, hasResult } from "./tool-choice.ts";

const tools = [{ type: "function", function: { name: "read" } }];

export const forceToolChoice: RequestFixup = {
  name: "force-tool-choice",
  about:
    "For models that describe a call instead of making it (Qwen coders): `tool_choice: required` where the client leaves the choice, until the conversation has a tool's result.",
  example: {
    before: { messages: [{ role: "user", content: "What is in a.txt?" }], tools },
    after: { messages: [{ role: "user", content: "What is in a.txt?" }], tools, tool_choice: "required" },
  },
  apply: { chat: forced("chat"), messages: forced("messages"), responses: forced("responses") },
};

function forced(form: ConversationForm): Correction {
  return (body) => {
    const hasConversation = Array.isArray(form === "responses" ? body.input : body.messages);
    if (choiceIn(body) !== "free" || !hasTools(body) || !hasConversation || hasResult(body, form)) return body;
    return { ...body, tool_choice: choiceAs("required", form, body) };
  };
}
