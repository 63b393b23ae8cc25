/**
 * A model's own parameters in the requests that go to it. What it sets wins over what the client says; the client over
 * the variant that it asked for; the variant over the model's defaults. What the model strips the client has not said.
 */
import type { Parameters, RequestParameters } from "../../domain/request-parameters.ts";
import { MemberDraft } from "../body/member-draft.ts";
import { withBytes } from "../body/request-body.ts";
import { chatParameters, type ParameterPlace, type ParameterWords } from "../dialects/parameter-words.ts";
import { parameterWordsOn } from "../dialects/relayed.ts";
import type { EngineCall } from "./call.ts";
import { filled, overlaid } from "./merge-values.ts";

export interface Parametrised {
  /** The same where nothing was to be done. Without those in whose words a parameter cannot be said; the last one stays. */
  calls: EngineCall[];
  /** Names of the parameters that made a difference. */
  names: string[];
}

/** Throws a Problem (`invalid_request`) where a client's value is nested too deeply to be merged into. */
export function parametrised(calls: EngineCall[], parameters: RequestParameters, variant: string | null): Parametrised {
  const wishes = wishesOf(parameters, variant);
  const last = calls.at(-1)!;
  const words = wordsOf(last);
  if (wishes.length === 0 || words === null || last.body.fields.json === null) return { calls, names: [] };
  const spoken = speak(last, words, wishes);
  const others = calls.slice(0, -1).flatMap((call) => {
    const own = wordsOf(call);
    return own !== null && wishes.every(({ fits }) => fits(own)) ? [speak(call, own, wishes).call] : [];
  });
  return { calls: [...others, spoken.call], names: spoken.names };
}

function wordsOf({ path }: EngineCall): ParameterWords | null {
  return path === null ? null : parameterWordsOn(path);
}

/** One change to a body; those of a list are made in its order. */
interface Wish {
  name: string;
  /** It can be said in these words. */
  fits(words: ParameterWords): boolean;
  /** True where the body is another one afterwards. */
  make(draft: MemberDraft, words: ParameterWords): boolean;
}

function wishesOf({ strip, set, variants, defaults }: RequestParameters, variant: string | null): Wish[] {
  const chosen = variant === null ? {} : (variants[variant] ?? {});
  return [...strip.map(taking), ...giving(set, "over"), ...giving(chosen, "under"), ...giving(defaults, "under")];
}

function taking(name: string): Wish {
  return { name, fits: () => true, make: (draft, words) => take(draft, words(name) ?? chatParameters(name)!) };
}

/** `over` or `under` what the client says. */
type Rank = "over" | "under";

function giving(values: Parameters, rank: Rank): Wish[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    fits: (words) => words(name) !== null,
    make(draft, words) {
      const place = words(name);
      return place !== null && give(draft, place, value, rank);
    },
  }));
}

function speak(call: EngineCall, words: ParameterWords, wishes: Wish[]): { call: EngineCall; names: string[] } {
  const draft = new MemberDraft(call.body.bytes);
  const names = new Set(wishes.filter(({ make }) => make(draft, words)).map(({ name }) => name));
  return {
    call: names.size === 0 ? call : { ...call, body: withBytes(call.body, draft.bytes) },
    names: [...names],
  };
}

function take(draft: MemberDraft, { path: [outer, inner], also }: ParameterPlace): boolean {
  if (inner !== undefined) return draft.takeInside(outer, inner);
  const there = [outer, ...also].filter((name) => draft.value(name) !== undefined);
  for (const name of there) draft.put(name, undefined);
  return there.length > 0;
}

function give(draft: MemberDraft, { path, also, list }: ParameterPlace, value: unknown, rank: Rank): boolean {
  const [outer, inner] = path;
  const given = list && typeof value === "string" ? [value] : value;
  const said = inner === undefined ? given : { [inner]: given };
  const synonyms = also.filter((name) => draft.value(name) != null);
  if (rank === "under" && synonyms.length > 0) return false;
  const there = draft.value(outer);
  const wanted = rank === "over" ? overlaid(there, said) : filled(there, said);
  for (const name of synonyms) draft.put(name, undefined);
  if (wanted !== there) draft.put(outer, wanted);
  return wanted !== there || synonyms.length > 0;
}
