/** Sees to it that prompt and answer fit into the window: the answer's limit gives way, the prompt never does. */
import type { ModelView } from "../../link/link.ts";
import {
  answerTokens,
  countedPrompt,
  isWorthCounting,
  leastTokens,
  type Overflow,
  type PromptSize,
  promptFloor,
} from "./context-guard.ts";
import type { Draft, FitParts, FitRequest, Original } from "./draft.ts";
import { capMaxTokens, dropMaxTokens } from "./fixups/answer-limit.ts";
import { mayHaveMedia } from "./media-guard.ts";

/** Null where both fit, as far as anybody can tell, the limit lowered where need be. */
export async function limitAnswer(
  parts: FitParts,
  request: FitRequest,
  draft: Draft,
  model: ModelView,
): Promise<Overflow | null> {
  const { original } = draft;
  const { context } = model;
  const fields = original.body.fields.json!;
  if (request.fixups && [fields.maxTokens, fields.maxCompletionTokens].some((limit) => isNoLimit(limit, original))) {
    draft.become(dropMaxTokens.apply(draft.json), dropMaxTokens.name);
  }
  const answer = answerTokens(fields);
  const size = await sizeOf(parts, request, draft, model, answer);
  if (
    size.tokens < context &&
    fits(model, size, answer) &&
    !(request.fixups && isProbablyTooLong(model, size, answer, original))
  ) {
    return null;
  }
  const room = size.tokens < context && request.fixups ? roomLeft(model, size, original) : 0;
  if (room === 0) return { size, answer };
  draft.become(capMaxTokens.apply(draft.json, room), capMaxTokens.name);
  return null;
}

/** A text completion without an answer is a way to have the prompt judged. */
function isNoLimit(limit: number | null, { kind }: Original): boolean {
  return limit !== null && (kind === "chat" ? limit <= 0 : limit < 0);
}

/** Exact where the floor leaves it open and an engine can tell. */
async function sizeOf(
  parts: FitParts,
  { promptWords, key, id }: FitRequest,
  draft: Draft,
  model: ModelView,
  answer: number | null,
): Promise<PromptSize> {
  if (promptWords === null) return { tokens: 0, exact: false };
  const { bytes } = draft.original.body;
  const floor = promptFloor(model, bytes, answer, promptWords, () => draft.json);
  if (floor.tokens >= model.context) return floor;
  // A limit that certainly has no room gives way, whatever the prompt's length: only the prompt itself is in doubt then.
  const doubtful = fits(model, floor, answer) ? answer : null;
  // Images are long as text, and short as tokens.
  if (!isWorthCounting(model, bytes.length, doubtful) || mayHaveMedia(bytes)) return floor;
  const tokens = await countedPrompt(parts, model, key, id, draft.json);
  return tokens === null ? floor : { tokens, exact: true };
}

function fits({ context }: ModelView, size: PromptSize, answer: number | null): boolean {
  return leastTokens(size) + (answer ?? 1) <= context;
}

const usualBytesPerToken = 4;
/** Fewer are rare. */
const leastBytesPerToken = 2;

/** Whoever allows a quarter of the window or more wants all that there is: that is not worth the engine's refusal. */
function isProbablyTooLong(
  { context }: ModelView,
  { exact }: PromptSize,
  answer: number | null,
  { kind, body: { bytes } }: Original,
): boolean {
  if (exact || answer === null || answer * 4 < context || kind !== "chat" || mayHaveMedia(bytes)) return false;
  return bytes.length / usualBytesPerToken + answer > context;
}

/** Tokens for the answer; null where the engine's own default is all that is left, which only chat routes have. */
function roomLeft({ context }: ModelView, { tokens, exact }: PromptSize, { kind, body }: Original): number | null {
  if (exact) return context - tokens;
  return kind === "chat" ? null : Math.max(0, context - Math.ceil(body.bytes.length / leastBytesPerToken));
}
