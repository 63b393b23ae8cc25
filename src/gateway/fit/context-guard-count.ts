/** The exact length of a prompt, by the tokenizer of an engine that is there already. */
import type { KeyConfig } from "../../config/types.ts";
import type { ModelView } from "../../link/link.ts";
import { type AskParts, askResident } from "../upstream/ask-engine.ts";

/** Fewer bytes of JSON than this for a token are rare: where even they would fit, nobody needs to count. */
const bytesPerToken = 2;

/** The bounds leave it open whether prompt and answer fit, and an engine is there that can tell. */
export function isWorthCounting(model: ModelView, bytes: number, answer: number | null): boolean {
  return model.state === "ready" && bytes / bytesPerToken + (answer ?? 1) > model.context;
}

/** Null where the engine cannot tell, or not soon enough. */
export async function countedPrompt(
  parts: AskParts,
  model: ModelView,
  key: KeyConfig,
  id: string,
  { messages, tools, prompt, chat_template_kwargs: kwargs }: Record<string, unknown>,
): Promise<number | null> {
  const chat = {
    messages,
    add_generation_prompt: true,
    ...(tools === undefined ? {} : { tools }),
    ...(kwargs === undefined ? {} : { chat_template_kwargs: kwargs }),
  };
  const question = messages === undefined ? { prompt } : chat;
  const answer = await askResident(parts, model.id, key, `${id}.count`, "/tokenize", question);
  const count = (answer as { count?: unknown } | null)?.count;
  return typeof count === "number" && count > 0 ? count : null;
}
