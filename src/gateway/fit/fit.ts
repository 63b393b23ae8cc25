/** Makes a request fit the model that it goes to: guarded, its answer's limit capped, the model's fixups applied. */
import { Problem } from "../../domain/problem.ts";
import type { ModelView } from "../../link/link.ts";
import { rewritten } from "../body/request-body.ts";
import { workOn } from "../dialects/relayed.ts";
import type { EngineCall } from "./call.ts";
import { leastTokens, type Overflow, takersOf, tooLong } from "./context-guard.ts";
import { Draft, type FitParts, type FitRequest, type Kind, Original } from "./draft.ts";
import { correctedAnswer } from "./fixups/answers/corrected-answer.ts";
import { fixed } from "./fixups/request-fixups.ts";
import { limitAnswer } from "./limit-answer.ts";
import { assertTakesMedia, mayHaveMedia } from "./media-guard.ts";
import { parametrised } from "./parameters.ts";

export interface Fitted {
  model: ModelView;
  calls: EngineCall[];
  /** Names of the fixups that changed something. */
  applied: string[];
  /** Names of the model's own parameters that made a difference. */
  parameters: string[];
  /** The model that was asked for, where another takes its place. */
  insteadOf: string | null;
}

/** How one model takes it. */
type Fit = (Pick<Fitted, "calls" | "applied"> & { overflow: null }) | { overflow: Overflow };

/** The request with the model's own parameters in it, and its body. */
interface Parametrised {
  request: FitRequest;
  names: string[];
  original: Original | null;
}

/** Throws a Problem where the model certainly cannot take it, and no other is to. */
export async function fitTo(parts: FitParts, request: FitRequest, model: ModelView): Promise<Fitted> {
  const { request: own, names, original } = withParameters(request, model);
  if (original === null) return { model, calls: own.calls, applied: [], parameters: names, insteadOf: null };
  const fit = await fitOne(parts, own, original, model);
  if (fit.overflow === null) {
    return { model, calls: fit.calls, applied: fit.applied, parameters: names, insteadOf: null };
  }
  const { overflow } = fit;
  const larger = parts.settings.fallback === "none" ? null : await fitLarger(parts, request, overflow);
  if (larger === null) throw tooLong(model, overflow, request.others());
  return { ...larger, insteadOf: model.id };
}

/** `original`: null where nothing of the body is understood here. */
function withParameters(request: FitRequest, model: ModelView): Parametrised {
  const { calls, names } = parametrised(request.calls, model.parameters, request.variant);
  const { body, ...call } = calls.at(-1)!;
  const kind = kindOf(call);
  const original = kind === null || body.fields.json === null ? null : new Original(body, kind);
  return { request: { ...request, calls }, names, original };
}

/** The first of the larger models that takes it, in the place of the one that cannot. */
async function fitLarger(
  parts: FitParts,
  request: FitRequest,
  { size }: Overflow,
): Promise<Omit<Fitted, "insteadOf"> | null> {
  for (const model of takersOf(leastTokens(size) + 1, request.others())) {
    // Variants are those of the model that was asked for.
    const { request: own, names, original } = withParameters({ ...request, variant: null }, model);
    const taken = original === null ? null : await fitOne(parts, own, original, model).catch(nullWhereRefused);
    if (taken?.overflow === null) return { model, calls: taken.calls, applied: taken.applied, parameters: names };
  }
  return null;
}

/** It may take no images, say. */
function nullWhereRefused(error: unknown): null {
  if (error instanceof Problem) return null;
  throw error;
}

/** Of the engine's route; null where nothing of its body is understood here. */
function kindOf({ path }: Pick<EngineCall, "path">): Kind | null {
  const work = path === null ? null : workOn(path);
  return work === "chat" || work === "text" ? work : null;
}

/** Throws a Problem where it is not the length that the model cannot take. */
async function fitOne(parts: FitParts, request: FitRequest, original: Original, model: ModelView): Promise<Fit> {
  if (original.kind === "chat") guardMedia(parts, request, original, model);
  const draft = new Draft(original);
  if (request.fixups && original.kind === "chat" && model.fixups.length > 0) {
    const { body, applied } = fixed(original.json, model.fixups);
    draft.become(body, ...applied);
  }
  const overflow = await limitAnswer(parts, request, draft, model);
  if (overflow !== null) return { overflow };
  for (const name of draft.applied) noteFixed(parts, request, model, name);
  return { calls: callsOf(parts, request, draft, model), applied: draft.applied, overflow };
}

function guardMedia({ settings }: FitParts, { others }: FitRequest, original: Original, model: ModelView): void {
  const { bytes } = original.body;
  const takesAll = model.capabilities.includes("vision") && model.capabilities.includes("audio");
  if ((takesAll && bytes.length <= settings.imageBytes) || !mayHaveMedia(bytes)) return;
  assertTakesMedia(model, original.json, settings.imageBytes, others);
}

/** A corrected body goes out in OpenAI's words, and so does what is to be answered in them: the client's own are not corrected. */
function callsOf(parts: FitParts, request: FitRequest, draft: Draft, model: ModelView): EngineCall[] {
  const { calls, streaming, fixups } = request;
  const last = calls.at(-1)!;
  const call = draft.isChanged ? { ...last, body: rewritten(last.body, draft.json) } : last;
  const kept = draft.isChanged ? [call] : calls;
  if (!fixups || draft.original.kind !== "chat") return kept;
  const corrected = correctedAnswer(model.fixups, call, draft, streaming, (name) =>
    noteFixed(parts, request, model, name),
  );
  return corrected === null ? kept : [{ ...call, answer: corrected }];
}

function noteFixed({ metrics }: FitParts, { fixed: note }: FitRequest, model: ModelView, name: string): void {
  metrics.fixed(model.id, name);
  note(name);
}
