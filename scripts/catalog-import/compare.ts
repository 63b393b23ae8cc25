/** What a recipe would change of an entry of the catalog. Pure: nothing is written here. */
import type { CatalogModel } from "../../src/catalog/catalog-model.ts";
import { type Recipe, sourceText } from "./recipe.ts";

/** One difference. `set`: what `--write` puts there; absent where it is only told. */
export interface Difference {
  field: string;
  has: string;
  recipe: string;
  /** Why it is not taken; null = it is. */
  kept: string | null;
  set?: { path: string[]; value: unknown };
}

/** Follow from the machine or from other fields of an entry. */
const ownFlags = new Set([
  ...["host", "port", "served-model-name", "gpu-memory-utilization", "gpu-memory-utilization-gb", "max-model-len"],
  ...[
    "max-num-seqs",
    "tensor-parallel-size",
    "pipeline-parallel-size",
    "distributed-executor-backend",
    "chat-template",
  ],
  ...["enable-auto-tool-choice", "tool-call-parser", "reasoning-parser", "speculative-config", "kv-cache-memory-bytes"],
  ...["revision", "trust-remote-code"],
]);

/** Empty where entry and recipe say the same. */
export function differences({ facts, track }: CatalogModel, recipe: Recipe): Difference[] {
  const newer = evidence(facts.expected?.tokensPerSecond, recipe);
  return [
    ...speed(facts.expected?.tokensPerSecond, recipe, newer),
    ...revision(facts.hub?.revision, recipe, newer),
    ...image(track?.image ?? "none", recipe),
    ...told(facts, recipe),
    ...flags({ ...track?.flags, ...facts.engine?.flags }, recipe, newer),
  ];
}

type Speed = NonNullable<NonNullable<CatalogModel["facts"]["expected"]>["tokensPerSecond"]> | undefined;

/** Why the recipe's figures are not to take the place of the entry's; null = they are the stronger ones. */
function evidence(speed: Speed, { measured }: Recipe): string | null {
  if (measured === null) return "the recipe was not measured";
  if (speed === undefined || !isMeasured(speed.source)) return null;
  return dayOf(speed.source) >= measured.at ? "the entry's figure is as new" : null;
}

/** A figure of a published measurement names its repository and commit. */
function isMeasured(source: string): boolean {
  return /[\w.-]+\/[\w.-]+ [0-9a-f]{7,40}\b/.test(source);
}

/** A month counts as its last day: nobody can say that a day of it is later. */
function dayOf(source: string): string {
  const [, month, day] = /\b(20\d\d-\d\d)(-\d\d)?/.exec(source) ?? [];
  return month === undefined ? "" : month + (day ?? "-31");
}

function speed(has: Speed, recipe: Recipe, kept: string | null): Difference[] {
  const { measured } = recipe;
  if (measured === null || (has?.from === measured.decode && has.to === measured.decode)) return [];
  const value = { from: measured.decode, to: measured.decode, source: sourceText(recipe) };
  return [
    {
      field: "tokens per second",
      has: has === undefined ? "none" : `${has.from} to ${has.to} (${has.source})`,
      recipe: `${measured.decode} (${value.source}; validated by ${measured.by})`,
      ...{ kept, set: { path: ["expected", "tokensPerSecond"], value } },
    },
  ];
}

function revision(has: string | undefined, recipe: Recipe, kept: string | null): Difference[] {
  if (recipe.revision === null || recipe.revision === has) return [];
  const set = { path: ["hub", "revision"], value: recipe.revision };
  const why = has === undefined ? null : kept;
  return [{ field: "commit of the weights", has: has ?? "none", recipe: recipe.revision, kept: why, set }];
}

/** An image is a track of its own, which a person makes. */
function image(has: string, recipe: Recipe): Difference[] {
  const wanted = recipe.digest === null ? recipe.image : `${recipe.image}@${recipe.digest}`;
  const same = recipe.digest === null ? has.startsWith(recipe.image) : has.endsWith(recipe.digest);
  return same ? [] : [{ field: "image", has, recipe: wanted, kept: "a track of catalog/images says it" }];
}

/** What an entry says in fields that carry more than the recipe does: memory, sources, room for clients. */
function told({ context, engine, speculation }: CatalogModel["facts"], { flags }: Recipe): Difference[] {
  const { method, model, tokens, config } = speculation ?? {};
  const ours = { method, ...(model === undefined ? {} : { model }), num_speculative_tokens: tokens, ...config };
  const pairs: [field: string, has: unknown, recipe: unknown][] = [
    ["context", context, plain(flags["max-model-len"] ?? "")],
    ["parser of tools", engine?.parsers?.tool, flags["tool-call-parser"]],
    ["parser of thoughts", engine?.parsers?.reasoning, flags["reasoning-parser"]],
    ["speculation", speculation && ordered(ours), ordered(plain(flags["speculative-config"] ?? ""))],
  ];
  return pairs.flatMap(([field, has = "not set", recipe = "not set"]): Difference[] => {
    const [one, other] = [text(has), text(recipe) || "not set"];
    return one === other ? [] : [{ field, has: one, recipe: other, kept: "a person decides it" }];
  });
}

/** With keys in one order, so that equal ones look equal. */
function ordered(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Flags belong to the figure that was measured with them: they are taken with it, or not at all. */
function flags(has: Readonly<Record<string, unknown>>, recipe: Recipe, kept: string | null): Difference[] {
  const names = new Set([...Object.keys(has), ...Object.keys(recipe.flags)]);
  return [...names].toSorted().flatMap((name): Difference[] => {
    if (ownFlags.has(name)) return [];
    const ours = Object.hasOwn(has, name) ? text(has[name]) : "not set";
    const theirs = Object.hasOwn(recipe.flags, name) ? text(recipe.flags[name]) : "not set";
    if (ours.toLowerCase() === theirs.toLowerCase()) return [];
    const value = Object.hasOwn(recipe.flags, name) ? plain(recipe.flags[name]!) : undefined;
    const set = { path: ["engine", "flags", name], value };
    return [{ field: `--${name}`, has: ours, recipe: theirs, kept, set }];
  });
}

function text(value: unknown): string {
  if (value === true) return "set";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** As it stands in an entry: numbers and JSON are no text there. */
export function plain(value: string | true): unknown {
  if (value === true) return true;
  if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (!value.startsWith("{")) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
