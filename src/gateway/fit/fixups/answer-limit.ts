/** Fixups of the answer's limit. They suit every model, so no catalog chooses them. */
import type { ChatBody } from "./fixup.ts";
import { without } from "./message.ts";

const user = [{ role: "user", content: "Hello" }];
const limits = ["max_tokens", "max_completion_tokens"] as const;

export const dropMaxTokens = {
  name: "drop-max-tokens",
  about: "For every model: a limit of the answer that is zero or negative means no limit, and is left out.",
  example: { before: { messages: user, max_tokens: -1 }, after: { messages: user } } as Record<
    "before" | "after",
    ChatBody
  >,
  apply(body: ChatBody): ChatBody {
    return without(
      body,
      limits.filter((name) => typeof body[name] === "number" && body[name] <= 0),
    );
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
  /** `room`: tokens that are left for the answer, or null where only the engine knows. */
  apply(body: ChatBody, room: number | null): ChatBody {
    if (room === null) return without(body, limits);
    const high = limits.filter((name) => typeof body[name] === "number" && body[name] > room);
    return high.length === 0 ? body : { ...body, ...Object.fromEntries(high.map((name) => [name, room])) };
  },
};
