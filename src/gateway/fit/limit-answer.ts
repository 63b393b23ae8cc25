/** Sees to it that prompt and answer fit into the window: the answer's limit gives way, the prompt never does. */
import type { JsonObject } from "../../domain/json-object.ts";
import type { ModelView } from "../../link/link.ts";
import { chatMedia } from "../dialects/chat/media.ts";
import {
  answerTokens,
  countedPrompt,
  isWorthCounting,
  leastTokens,
  type Overflow,
  type PromptSize,
  promptFloor,
} from "./context-guard.ts";
import type { Draft, FitParts, FitRequest } from "./draft.ts";
import { capMaxTokens, dropMaxTokens } from "./fixups/answer-limit.ts";
import { mayHaveMedia } from "./media-guard.ts";

/** Null where both fit, as far as anybody can tell, the limit lowered where need be. `drafts`: the last one is measured. */
export async function limitAnswer(
  parts: FitParts,
  request: FitRequest,
  drafts: Draft[],
  model: ModelView,
): Promise<Overflow | null> {
  const measured = drafts.at(-1)!;
  const { context } = model;
  const fields = measured.body.fields.json!;
  if (request.fixups && [fields.maxTokens, fields.maxCompletionTokens].some((limit) => isNoLimit(limit, measured))) {
    for (const draft of drafts) limitIn(draft, dropMaxTokens.name, dropMaxTokens.apply(draft.json, draft.form!));
  }
  const answer = answerTokens(fields);
  const size = await sizeOf(parts, request, measured, model, answer);
  if (
    size.tokens < context &&
    fits(model, size, answer) &&
    !(request.fixups && isProbablyTooLong(model, size, answer, measured))
  ) {
    return null;
  }
  const room = size.tokens < context && request.fixups ? roomLeft(model, size, measured) : 0;
  if (room === 0) return { size, answer };
  for (const draft of drafts) limitIn(draft, capMaxTokens.name, capMaxTokens.apply(draft.json, draft.form!, room));
  return null;
}

/** `body`: null where the draft's words have none for it. */
function limitIn(draft: Draft, name: string, body: JsonObject | null): void {
  if (body === null) draft.unsayable = true;
  else draft.become(body, name);
}

/** A text completion without an answer is a way to have the prompt judged. */
function isNoLimit(limit: number | null, { form }: Draft): boolean {
  return limit !== null && (form === "text" ? limit < 0 : limit <= 0);
}

/** Exact where the floor leaves it open and an engine can tell. */
async function sizeOf(
  parts: FitParts,
  { route: { promptWords }, key, id }: FitRequest,
  draft: Draft,
  model: ModelView,
  answer: number | null,
): Promise<PromptSize> {
  if (promptWords === null) return { tokens: 0, exact: false };
  const { bytes } = draft.body;
  const floor = promptFloor(model, bytes, answer, promptWords, () => draft.json);
  if (floor.tokens >= model.context) return floor;
  // A limit that certainly has no room gives way, whatever the prompt's length: only the prompt itself is in doubt then.
  const doubtful = fits(model, floor, answer) ? answer : null;
  if (!isWorthCounting(model, bytes.length, doubtful) || isLongerThanItReads(draft)) return floor;
  const tokens = parts.ask === null ? null : await countedPrompt(parts.ask, model, key, id, draft.json);
  return tokens === null ? floor : { tokens, exact: true };
}

/** Images are long as text, and short as tokens. */
function isLongerThanItReads({ body }: Draft): boolean {
  return mayHaveMedia(chatMedia, body.bytes);
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
  draft: Draft,
): boolean {
  if (exact || answer === null || answer * 4 < context || draft.form === "text" || isLongerThanItReads(draft)) {
    return false;
  }
  return draft.body.bytes.length / usualBytesPerToken + answer > context;
}

/** Tokens for the answer; null where the engine's own default is all that is left, which only chat routes have. */
function roomLeft({ context }: ModelView, { tokens, exact }: PromptSize, { form, body }: Draft): number | null {
  if (exact) return context - tokens;
  return form !== "text" ? null : Math.max(0, context - Math.ceil(body.bytes.length / leastBytesPerToken));
}
