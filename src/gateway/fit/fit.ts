/** Makes a request fit the model that it goes to: guarded, its answer's limit capped, the model's fixups applied. */

import { exactObject } from "../../domain/exact-json.ts";
import { Problem } from "../../domain/problem.ts";
import type { ModelView } from "../../link/link.ts";
import { rewritten } from "../body/request-body.ts";
import type { EngineCall } from "./call.ts";
import { leastTokens, type Overflow, takersOf, tooLong } from "./context-guard.ts";
import { Draft, type FitParts, type FitRequest } from "./draft.ts";
import { correctedAnswer } from "./fixups/answers/corrected-answer.ts";
import { correctsRequests, fixed } from "./fixups/request-fixups.ts";
import { limitAnswer } from "./limit-answer.ts";
import { mayHaveMedia, withoutForeignMedia } from "./media-guard.ts";
import { normalise } from "./normalise.ts";
import { note } from "./notes.ts";
import { parametrised } from "./parameters.ts";
import { translate, waysOf } from "./translate.ts";

export interface Fitted {
  model: ModelView;
  calls: EngineCall[];
  /** The model that was asked for, where another takes its place. */
  insteadOf: string | null;
}

/** How one model takes it. */
type Fit = { calls: EngineCall[]; overflow: null } | { overflow: Overflow };

/** Throws a Problem where the model certainly cannot take it, and no other is to. */
export async function fitTo(parts: FitParts, request: FitRequest, model: ModelView): Promise<Fitted> {
  const own = await fitOne(parts, request, model);
  if (own.overflow === null) return { model, calls: own.calls, insteadOf: null };
  const { overflow } = own;
  const larger = parts.settings.fallback === "none" ? null : await fitLarger(parts, request, overflow);
  if (larger === null) throw tooLong(model, overflow, request.others());
  return { ...larger, insteadOf: model.id };
}

/** The first of the larger models that takes it, in the place of the one that cannot. */
async function fitLarger(
  parts: FitParts,
  request: FitRequest,
  { size }: Overflow,
): Promise<Omit<Fitted, "insteadOf"> | null> {
  for (const model of takersOf(leastTokens(size) + 1, request.others())) {
    // Variants are those of the model that was asked for.
    const taken = await fitOne(parts, { ...request, variant: null }, model).catch(nullWhereRefused);
    if (taken?.overflow === null) return { model, calls: taken.calls };
  }
  return null;
}

/** It may take no images, say. */
function nullWhereRefused(error: unknown): null {
  if (error instanceof Problem) return null;
  throw error;
}

/** Throws a Problem where it is not the length that the model cannot take. */
async function fitOne(parts: FitParts, request: FitRequest, model: ModelView): Promise<Fit> {
  const drafts = parametrisedCalls(parts, request, model).map((call) => new Draft(call));
  if (drafts.at(-1)!.form === null) return { calls: drafts.map(({ call }) => call), overflow: null };
  if (request.fixups) for (const draft of drafts) correct(draft, model);
  const overflow = await limitAnswer(parts, request, drafts, model);
  return overflow === null ? { calls: callsOf(request, drafts, model), overflow } : { overflow };
}

/** The calls, with the model's own parameters in them. Throws a Problem. */
function parametrisedCalls(parts: FitParts, request: FitRequest, model: ModelView): EngineCall[] {
  const { calls, names } = parametrised(callsFor(parts, request, model), model.parameters, request.variant);
  if (names.length === 0) return calls;
  return calls.map((call) => ({ ...call, notes: [...note("parameters", names), ...call.notes] }));
}

/** The calls, with sentences in the place of pictures and files that the model cannot take. Throws a Problem. */
function callsFor({ settings }: FitParts, request: FitRequest, model: ModelView): EngineCall[] {
  const { route, query, body, calls, others } = request;
  if (route.media === null || !mayHaveMedia(route.media, body.bytes)) return calls;
  const came = exactObject(body.bytes);
  const taken = withoutForeignMedia(route.media, came, model, settings.imageBytes, others);
  if (taken.body === came) return calls;
  const without = rewritten(body, taken.body);
  return waysOf(route, query, without, translate(route, without.bytes), taken.replaced).calls;
}

function correct(draft: Draft, model: ModelView): void {
  const { form } = draft;
  normalise(draft);
  if (form === null || form === "text" || !correctsRequests(model.fixups)) return;
  const { body, applied } = fixed(draft.json, form, model.fixups);
  draft.become(body, ...applied);
}

function callsOf({ streaming, fixups, fixed }: FitRequest, drafts: Draft[], model: ModelView): EngineCall[] {
  const last = drafts.at(-1)!;
  return drafts
    .filter((draft) => draft === last || !draft.unsayable)
    .map((draft) => {
      const { call } = draft;
      const answer = fixups ? correctedAnswer(model, call, draft, streaming, fixed) : null;
      return answer === null ? call : { ...call, answer };
    });
}
