/** Fixups of the answer's limit. They suit every model, so no catalog chooses them. */
import type { JsonObject } from "../../../domain/json-object.ts";
import type { Form } from "../form.ts";
import type { ChatBody } from "./fixup.ts";
import { without } from "./message.ts";

const user = [{ role: "user", content: "Hello" }];
/** What a limit of the answer is called. Anthropic's API demands one: there it cannot be left out. */
const limits: Record<Form, readonly string[]> = {
  chat: ["max_tokens", "max_completion_tokens"],
  text: ["max_tokens", "max_completion_tokens"],
  messages: ["max_tokens"],
  responses: ["max_output_tokens"],
};

function isDemanded(form: Form): boolean {
  return form === "messages";
}

export const dropMaxTokens = {
  name: "drop-max-tokens",
  about: "For every model: a limit of the answer that is zero or negative means no limit, and is left out.",
  example: { before: { messages: user, max_tokens: -1 }, after: { messages: user } } as Record<
    "before" | "after",
    ChatBody
  >,
  /** Null where these words cannot say it. */
  apply(body: JsonObject, form: Form): JsonObject | null {
    const none = limits[form].filter((name) => typeof body[name] === "number" && body[name] <= 0);
    return isDemanded(form) && none.length > 0 ? null : without(body, none);
  },
};

export const capMaxTokens = {
  name: "cap-max-tokens",
  about:
    "For every model: a limit of the answer that prompt and window leave no room for is lowered to that room. A chat's is left out, which engines understand as all the room that is left. The example is for a window of 32,768 tokens.",
  example: { before: { messages: user, max_tokens: 40_000 }, after: { messages: user } } as Record<
    "before" | "after",
    ChatBody
  >,
  /** `room`: tokens that are left for the answer, or null where only the engine knows. Null where these words cannot say it. */
  apply(body: JsonObject, form: Form, room: number | null): JsonObject | null {
    if (room === null) return isDemanded(form) ? null : without(body, limits[form]);
    const high = limits[form].filter((name) => typeof body[name] === "number" && body[name] > room);
    return high.length === 0 ? body : { ...body, ...Object.fromEntries(high.map((name) => [name, room])) };
  },
};
