import type { ConversationForm, Correction, RequestFixup } from "./fixup.ts";
import { choiceAs, choiceIn } from "./tool-choice.ts";

const tools = [{ type: "function", function: { name: "read" } }];

export const relaxToolChoice: RequestFixup = {
  name: "relax-tool-choice",
  about:
    "For engines that crash where they must hold a model to a call (Qwen3-Next): `tool_choice` of `required`, or of one named tool, becomes `auto`.",
  example: {
    before: { messages: [{ role: "user", content: "Hello" }], tools, tool_choice: "required" },
    after: { messages: [{ role: "user", content: "Hello" }], tools, tool_choice: "auto" },
  },
  apply: { chat: relaxed("chat"), messages: relaxed("messages"), responses: relaxed("responses") },
};

function relaxed(form: ConversationForm): Correction {
  return (body) => (choiceIn(body) === "demanded" ? { ...body, tool_choice: choiceAs("auto", form, body) } : body);
}
