/** Which models a key may use, by ids, aliases or patterns in which `*` stands for anything; and what for. */
import type { KeyConfig } from "../../config/types.ts";
import type { Capability } from "../../domain/model.ts";
import { Problem } from "../../domain/problem.ts";
import type { Work } from "../../domain/work.ts";
import type { ModelView } from "../../link/link.ts";

type Named = Pick<ModelView, "id" | "aliases">;

const matchers = new WeakMap<KeyConfig, (name: string) => boolean>();

export function mayUse(key: KeyConfig, model: Named): boolean {
  const matches = matcherOf(key);
  return matches(model.id) || model.aliases.some(matches);
}

function matcherOf(key: KeyConfig): (name: string) => boolean {
  let matches = matchers.get(key);
  if (matches === undefined) {
    matches = compile(key.models);
    matchers.set(key, matches);
  }
  return matches;
}

function compile(patterns: string[]): (name: string) => boolean {
  if (patterns.includes("*")) return () => true;
  const sources = patterns.map((pattern) => pattern.split("*").map(RegExp.escape).join(".*"));
  const whole = new RegExp(`^(?:${sources.join("|")})$`, "s");
  return (name) => sources.length > 0 && whole.test(name);
}

/** What a kind of work is called among the capabilities of keys and models; the rest is open to every key. */
const capabilityOf: Partial<Record<Work, Capability>> = {
  chat: "chat",
  text: "completions",
  embeddings: "embeddings",
  ranking: "rerank",
  transcription: "audio",
  speech: "audio",
};

/** Throws a Problem (`capability_not_allowed`) where a key may not use models for this. */
export function refuseBeyond(
  { name, capabilities }: KeyConfig,
  work: Work,
  { media, tools }: { media: Capability[]; tools: boolean },
): void {
  if (capabilities === undefined) return;
  const needs = [capabilityOf[work], ...media, ...(tools ? (["tools"] as const) : [])];
  const beyond = needs.find((need) => need !== undefined && !capabilities.includes(need));
  if (beyond === undefined) return;
  const message = `The key "${name}" may not use models for ${beyond}, only for ${capabilities.join(", ")}.`;
  throw new Problem("capability_not_allowed", message, { data: { capability: beyond } });
}
