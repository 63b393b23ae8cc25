import type { ConversationForm, Correction, RequestFixup } from "./fixup.ts";
import { thinkingAsked, withSwitch } from "./thinking-asked.ts";

const user = [{ role: "user", content: "Hello" }];

export const thinkingOff: RequestFixup = {
  name: "thinking-off",
  about:
    "For models whose thoughts eat the answer's budget: they do not think unless the request asks for it in any of the usual ways.",
  example: {
    before: { messages: user, max_tokens: 200 },
    after: { messages: user, max_tokens: 200, chat_template_kwargs: { enable_thinking: false, thinking: false } },
  },
  apply: { chat: without("chat"), messages: without("messages"), responses: without("responses") },
};

function without(form: ConversationForm): Correction {
  return (body) => {
    const off = thinkingAsked(body, form) === true ? body : withSwitch(body, false);
    // vLLM reads this one instead on its route of the Responses API.
    if (off === body || form !== "responses" || (body.reasoning ?? null) !== null) return off;
    return { ...off, reasoning: { effort: "none" } };
  };
}
