/** Makes a request suit the model that it goes to: guarded, its answer's limit capped, the model's fixups applied. */
import type { KeyConfig } from "../../config/types.ts";
import { Problem } from "../../domain/problem.ts";
import type { ModelView } from "../../link/link.ts";
import { answerTokens, type PromptSize, promptFloor, takersOf, tooLong } from "../context-guard.ts";
import { countedPrompt, isWorthCounting } from "../context-guard-count.ts";
import { capMaxTokens, dropMaxTokens } from "../fixups/answer-limit.ts";
import { decodedAnswer } from "../fixups/answers/decode-arguments.ts";
import { hasTools } from "../fixups/message.ts";
import { fixed } from "../fixups/request-fixups.ts";
import { assertTakesMedia, mayHaveMedia } from "../media-guard.ts";
import type { PromptWords } from "../prompt-words.ts";
import type { RelayParts } from "./parts.ts";
import { type RequestBody, rewritten } from "./request-body.ts";
import type { Way } from "./way.ts";

type Parts = Pick<RelayParts, "link" | "engines" | "metrics" | "settings">;

export interface Wanted {
  id: string;
  key: KeyConfig;
  /** How an engine can be asked, best first; the last one is in OpenAI's words. */
  ways: Way[];
  streaming: boolean;
  promptWords: PromptWords | null;
  /** Corrections are welcome. */
  fixups: boolean;
  /** Models that could be used, or named, instead. */
  others: () => ModelView[];
}

export interface Suited {
  model: ModelView;
  ways: Way[];
  /** Names of the fixups that changed something. */
  applied: string[];
  /** The model that was asked for, where another takes its place. */
  insteadOf: string | null;
}

/** Throws a Problem where the model certainly cannot take it, and no other is to. */
export async function suit(parts: Parts, wanted: Wanted, model: ModelView): Promise<Suited> {
  const way = wanted.ways.at(-1)!;
  const kind = kinds.get(way.path ?? "");
  if (kind === undefined || way.body.fields.json === null) {
    return { model, ways: wanted.ways, applied: [], insteadOf: null };
  }
  const asked = new Asked(way.body, kind);
  const fits = await suitOne(parts, wanted, asked, model);
  if (!(fits instanceof Problem)) return { ...fits, insteadOf: null };
  if (parts.settings.fallback === "none") throw fits;
  const { prompt_tokens_at_least: tokens } = fits.problem.data as { prompt_tokens_at_least: number };
  for (const larger of takersOf(tokens + 1, wanted.others())) {
    const suited = await suitOne(parts, wanted, asked, larger).catch(() => null);
    if (suited !== null && !(suited instanceof Problem)) return { ...suited, insteadOf: model.id };
  }
  throw fits;
}

type Kind = "chat" | "text";
const kinds = new Map<string, Kind>([
  ["/v1/chat/completions", "chat"],
  ["/v1/completions", "text"],
]);

/** A body, parsed only where somebody has to look into it. */
class Asked {
  readonly body: RequestBody;
  readonly kind: Kind;
  #json: Record<string, unknown> | null = null;

  constructor(body: RequestBody, kind: Kind) {
    this.body = body;
    this.kind = kind;
  }

  get json(): Record<string, unknown> {
    this.#json ??= JSON.parse(this.body.bytes.toString("utf8")) as Record<string, unknown>;
    return this.#json;
  }
}

/** Returns the Problem where it is too long: then another model may take it. */
async function suitOne(
  parts: Parts,
  wanted: Wanted,
  asked: Asked,
  model: ModelView,
): Promise<Omit<Suited, "insteadOf"> | Problem> {
  if (asked.kind === "chat") guardMedia(parts, wanted, asked, model);
  const draft = new Draft(asked);
  if (wanted.fixups && asked.kind === "chat" && model.fixups.length > 0) {
    const { body, applied } = fixed(asked.json, model.fixups);
    draft.become(body, ...applied);
  }
  const tooLong = await limitAnswer(parts, wanted, draft, model);
  if (tooLong !== null) return tooLong;
  for (const name of draft.applied) parts.metrics.fixed(model.id, name);
  return { model, ways: waysOf(parts, wanted, draft, model), applied: draft.applied };
}

function guardMedia({ settings }: Parts, { others }: Wanted, asked: Asked, model: ModelView): void {
  const { bytes } = asked.body;
  const takesAll = model.capabilities.includes("vision") && model.capabilities.includes("audio");
  if ((takesAll && bytes.length <= settings.imageBytes) || !mayHaveMedia(bytes)) return;
  assertTakesMedia(model, asked.json, settings.imageBytes, others);
}

/** The body on its way to an engine. */
class Draft {
  readonly asked: Asked;
  readonly applied: string[] = [];
  #changed: Record<string, unknown> | null = null;

  constructor(asked: Asked) {
    this.asked = asked;
  }

  get json(): Record<string, unknown> {
    return this.#changed ?? this.asked.json;
  }

  get isChanged(): boolean {
    return this.#changed !== null;
  }

  become(body: Record<string, unknown>, ...names: string[]): void {
    if (body === this.json) return;
    this.#changed = body;
    this.applied.push(...names);
  }
}

/** Null where prompt and answer fit, as far as anybody can tell; the answer's limit is lowered for that. */
async function limitAnswer(parts: Parts, wanted: Wanted, draft: Draft, model: ModelView): Promise<Problem | null> {
  const { asked } = draft;
  const { bytes } = asked.body;
  const fields = asked.body.fields.json!;
  const isNoLimit = (limit: number | null) => limit !== null && (asked.kind === "chat" ? limit <= 0 : limit < 0);
  if (wanted.fixups && (isNoLimit(fields.maxTokens) || isNoLimit(fields.maxCompletionTokens))) {
    draft.become(dropMaxTokens.apply(draft.json), dropMaxTokens.name);
  }
  const answer = answerTokens(fields);
  let size: PromptSize = { tokens: 0, exact: false };
  if (wanted.promptWords !== null) {
    size = promptFloor(model, bytes, answer, wanted.promptWords, () => draft.json);
  }
  const overflow = (needed: number | null) =>
    tooLong(model, size, needed, takersOf(Math.max(1, size.tokens) + (needed ?? 1), wanted.others()));
  if (size.tokens >= model.context) return overflow(answer);
  if (
    size.tokens + (answer ?? 1) <= model.context &&
    isWorthCounting(model, bytes.length, answer) &&
    !hasMedia(asked)
  ) {
    const tokens = await countedPrompt(parts, model, wanted.key, wanted.id, draft.json);
    if (tokens !== null) size = { tokens, exact: true };
    if (size.tokens >= model.context) return overflow(answer);
  }
  if (Math.max(1, size.tokens) + (answer ?? 1) <= model.context && !probablyTooLong(model, size, answer, asked))
    return null;
  const room = roomLeft(model, size, asked);
  if (!wanted.fixups || room === 0) return overflow(answer);
  draft.become(capMaxTokens.apply(draft.json, room), capMaxTokens.name);
  return null;
}

function hasMedia({ body }: Asked): boolean {
  return mayHaveMedia(body.bytes);
}

/** Whoever allows a quarter of the window or more wants all that there is: that much is not worth a refusal. */
function probablyTooLong(model: ModelView, size: PromptSize, answer: number | null, asked: Asked): boolean {
  if (size.exact || answer === null || answer * 4 < model.context || asked.kind !== "chat" || hasMedia(asked))
    return false;
  return asked.body.bytes.length / usualBytesPerToken + answer > model.context;
}

const usualBytesPerToken = 4;
/** Fewer bytes for a token are rare. */
const bytesPerToken = 2;

/** Tokens for the answer; null where the engine's own default is all that is left, which only chat routes have. */
function roomLeft({ context }: ModelView, size: PromptSize, { kind, body }: Asked): number | null {
  if (size.exact) return context - size.tokens;
  return kind === "chat" ? null : Math.max(0, context - Math.ceil(body.bytes.length / bytesPerToken));
}

/** A corrected body goes out in OpenAI's words: the client's own are not corrected. */
function waysOf({ metrics }: Parts, { ways, streaming }: Wanted, draft: Draft, model: ModelView): Way[] {
  const last = ways.at(-1)!;
  const way = draft.isChanged ? { ...last, body: rewritten(last.body, draft.json) } : last;
  const kept = draft.isChanged ? [way] : ways;
  const decodes = draft.asked.kind === "chat" && way.answer === null && model.fixups.includes("decode-arguments");
  if (!decodes || !hasTools(draft.json)) return kept;
  const answer = () => decodedAnswer(streaming, () => metrics.fixed(model.id, "decode-arguments"));
  return [{ ...way, answer }];
}
