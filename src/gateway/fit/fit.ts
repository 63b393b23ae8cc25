/** Makes a request suit the model that it goes to: guarded, its answer's limit capped, the model's fixups applied. */
import { Problem } from "../../domain/problem.ts";
import type { ModelView } from "../../link/link.ts";
import { rewritten } from "../body/request-body.ts";
import { workOn } from "../dialects/relayed.ts";
import type { Way } from "./call.ts";
import { takersOf } from "./context-guard.ts";
import { Asked, Draft, type Kind } from "./draft.ts";
import { answerCorrection } from "./fixups/answers/correct-answer.ts";
import { fixed } from "./fixups/request-fixups.ts";
import { limitAnswer } from "./limit-answer.ts";
import { assertTakesMedia, mayHaveMedia } from "./media-guard.ts";
import type { SuitParts, Wanted } from "./wanted.ts";

export interface Suited {
  model: ModelView;
  ways: Way[];
  /** Names of the fixups that changed something. */
  applied: string[];
  /** The model that was asked for, where another takes its place. */
  insteadOf: string | null;
}

/** Throws a Problem where the model certainly cannot take it, and no other is to. */
export async function suit(parts: SuitParts, wanted: Wanted, model: ModelView): Promise<Suited> {
  const way = wanted.ways.at(-1)!;
  const kind = kindOf(way);
  if (kind === null || way.body.fields.json === null) {
    return { model, ways: wanted.ways, applied: [], insteadOf: null };
  }
  const asked = new Asked(way.body, kind);
  const fits = await suitOne(parts, wanted, asked, model);
  if (!(fits instanceof Problem)) return { ...fits, insteadOf: null };
  if (parts.settings.fallback === "none") throw fits;
  const { prompt_tokens_at_least: tokens } = fits.problem.data as { prompt_tokens_at_least: number };
  for (const larger of takersOf(tokens + 1, wanted.others())) {
    const suited = await suitOne(parts, wanted, asked, larger).catch(nullWhereRefused);
    if (suited !== null && !(suited instanceof Problem)) return { ...suited, insteadOf: model.id };
  }
  throw fits;
}

/** It may take no images, say. */
function nullWhereRefused(error: unknown): null {
  if (error instanceof Problem) return null;
  throw error;
}

/** Of the engine's route; null where nothing of its body is understood here. */
function kindOf({ path }: Way): Kind | null {
  const work = path === null ? null : workOn(path);
  return work === "chat" || work === "text" ? work : null;
}

/** Returns the Problem where it is too long: then another model may take it. */
async function suitOne(
  parts: SuitParts,
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

function guardMedia({ settings }: SuitParts, { others }: Wanted, asked: Asked, model: ModelView): void {
  const { bytes } = asked.body;
  const takesAll = model.capabilities.includes("vision") && model.capabilities.includes("audio");
  if ((takesAll && bytes.length <= settings.imageBytes) || !mayHaveMedia(bytes)) return;
  assertTakesMedia(model, asked.json, settings.imageBytes, others);
}

/** A corrected body goes out in OpenAI's words: the client's own are not corrected. */
function waysOf({ metrics }: SuitParts, { ways, streaming, fixups }: Wanted, draft: Draft, model: ModelView): Way[] {
  const last = ways.at(-1)!;
  const way = draft.isChanged ? { ...last, body: rewritten(last.body, draft.json) } : last;
  const kept = draft.isChanged ? [way] : ways;
  if (!fixups || draft.asked.kind !== "chat" || way.answer !== null || model.fixups.length === 0) return kept;
  const correct = answerCorrection(model.fixups, draft.json, streaming, (name) => metrics.fixed(model.id, name));
  return correct === null ? kept : [{ ...way, answer: ({ id }) => correct(id) }];
}
