/** Who answers a newcomer's first question: for the first screen. */
import { readCatalog } from "../catalog/catalog.ts";
import type { Choice } from "../catalog/choice.ts";
import { choose } from "../catalog/choose.ts";
import { range } from "../catalog/costs.ts";
import type { EnginePlace } from "../domain/engine-place.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { Purpose } from "../domain/purposes.ts";
import { isAtHand, unreachableHub } from "../weights/at-hand.ts";
import { wrap } from "./wrap.ts";

/** Even the smallest model answers it rightly, however often it is asked. */
export const questionToTry = "Name the capital of Italy.";

export interface Answerer {
  id: string;
  /** What it is, what it costs, and how a better one is had: sentences. */
  says: string;
}

export interface AnswererOptions {
  /** What is served. */
  specs: readonly ModelSpec[];
  place: EnginePlace;
  home: string;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/**
 * The model to try first: the chooser's first of those that are served here, unless its weights would have to come from a hub
 * that does not answer; then the one that every machine can have. Of models that are no catalog's the smallest that
 * talks. Null where none does.
 */
export async function firstAnswerer({ specs, place, home, env, signal }: AnswererOptions): Promise<Answerer | null> {
  const served = new Set(specs.map(({ id }) => id));
  const first = (purpose: Purpose | null) =>
    choose(readCatalog(), { purpose, needs: ["chat"] }, place).find(
      ({ spec, hindrance }) => served.has(spec.id) && hindrance === null,
    ) ?? null;
  const best = first(null);
  const small = first("trying-out");
  if (best === null) return small === null ? smallestOf(specs) : { id: small.spec.id, says: introduced(small) };
  const { weights } = best.spec;
  if (weights === undefined || (await isAtHand(weights, home, env)))
    return { id: best.spec.id, says: introduced(best) };
  const hub = await unreachableHub(env, signal);
  if (hub === null || small === null) return { id: best.spec.id, says: `${introduced(best)} ${fetched(best)}` };
  const says =
    `${hub} cannot be reached from here, so the smallest answers: ${introduced(small)} ` +
    `Once it can be reached, ${best.spec.id} is the better one here (${best.costs.downloadGB} GB).`;
  return { id: small.spec.id, says };
}

/** The smallest that can chat: the quickest proof that all works. */
function smallestOf(specs: readonly ModelSpec[]): Answerer | null {
  const able = specs.filter(({ capabilities, status }) => capabilities.includes("chat") && status !== "disabled");
  const [small] = able.toSorted((a, b) => a.memoryGiB - b.memoryGiB);
  return small === undefined ? null : { id: small.id, says: `${small.id} is the smallest of yours that talks.` };
}

function introduced({ spec, costs }: Choice): string {
  const size = spec.make?.parameters == null ? "" : `, ${spec.make.parameters} billion parameters`;
  const speed = costs.tokensPerSecond;
  const pace =
    speed === null ? "" : ` It writes about ${range(speed)} tokens a second${speed.guessed ? " (a guess)" : ""}.`;
  return `${spec.id}${size}: ${spec.summary}${pace}`;
}

function fetched({ costs: { downloadGB } }: Choice): string {
  return `Its first question fetches ${downloadGB} GB; the answer says how far that is.`;
}

/** Lines for the first screen, two spaces before each. */
export function answererLines({ says }: Answerer, columns: number): string[] {
  return wrap(`${says} Others, and what each costs: hearth models choose.`, columns - 2).map((line) => `  ${line}`);
}
