import { isObject } from "../../../domain/json-object.ts";
import type { RequestFixup } from "./fixup.ts";
import { askedFor, switches } from "./thinking-switch.ts";

const user = [{ role: "user", content: "Hello" }];

export const thinkingOff: RequestFixup = {
  name: "thinking-off",
  about:
    "For models whose thoughts eat the answer's budget: they do not think unless the request asks for it in any of the usual ways.",
  example: {
    before: { messages: user, max_tokens: 200 },
    after: { messages: user, max_tokens: 200, chat_template_kwargs: { enable_thinking: false, thinking: false } },
  },
  apply(body) {
    const kwargs = body.chat_template_kwargs ?? {};
    if (!isObject(kwargs) || switches.some((name) => Object.hasOwn(kwargs, name)) || askedFor(body) === true)
      return body;
    return { ...body, chat_template_kwargs: { ...kwargs, enable_thinking: false, thinking: false } };
  },
};
