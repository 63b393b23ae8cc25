import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import type { RequestFixup } from "./fixup.ts";
import { without } from "./message.ts";
import { chatWays, thinkingAsked, withSwitch } from "./thinking-asked.ts";

const user = [{ role: "user", content: "Why is the sky blue?" }];

export const thinkingSwitch: RequestFixup = {
  name: "thinking-switch",
  about:
    "For templates that think or do not: `reasoning_effort`, `reasoning.effort`, `thinking` and `enable_thinking` of the request become `chat_template_kwargs.enable_thinking`. What the request says there itself wins.",
  example: {
    before: { messages: user, reasoning_effort: "high" },
    after: { messages: user, chat_template_kwargs: { enable_thinking: true, thinking: true } },
  },
  apply: {
    chat(body) {
      if (!isObject(body.chat_template_kwargs ?? {})) return body;
      const asked = thinkingAsked(body, "chat");
      const rest = without(body, chatWays);
      return asked === null ? rest : withSwitch(rest, asked);
    },
    // What their APIs call it stays: engines make more of it than a switch.
    messages: (body) => switched(body, thinkingAsked(body, "messages")),
    responses: (body) => switched(body, thinkingAsked(body, "responses")),
  },
};

function switched(body: JsonObject, asked: boolean | null): JsonObject {
  return asked === null ? body : withSwitch(body, asked);
}
