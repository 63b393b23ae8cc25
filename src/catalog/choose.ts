/** Which models suit a wish, best first, with the reasons. */
import type { ModelFields } from "../config/schema/model.ts";
import type { Capability } from "../domain/model.ts";
import { bytesPerGiB } from "../domain/size.ts";
import type { CatalogModel } from "./catalog-model.ts";
import type { ImageTrack } from "./image-track.ts";
import type { Purpose } from "./purposes.ts";

export interface Wish {
  purpose: Purpose;
  /** The model may take this much. */
  memoryGiB?: number;
  /** Tokens of prompt and answer together, at least. */
  context?: number;
  /** What the model must be able to do, all of it. */
  needs?: readonly Capability[];
}

export interface Choice {
  model: CatalogModel;
  reasons: string[];
}

const statusRank = { recommended: 0, validated: 1, experimental: 2, manual: 3, disabled: 4 } as const;

/**
 * Disabled models are never chosen. Sorted by: how far the model can be trusted, whether it is too slow to talk to or its
 * window too short for a page, how near the top of its purposes this one stands, how fast it is known to be, how many
 * parameters it has.
 */
export function choose(models: Iterable<CatalogModel>, wish: Wish): Choice[] {
  return [...models]
    .filter((model) => suits(model, wish))
    .sort((a, b) => compare(rank(a, wish), rank(b, wish)))
    .map((model) => ({ model, reasons: reasons(model, wish) }));
}

function suits({ facts }: CatalogModel, { purpose, memoryGiB, context, needs = [] }: Wish): boolean {
  if (facts.status === "disabled" || !facts.goodFor?.includes(purpose)) return false;
  if (memoryGiB !== undefined && (facts.memory ?? 0) / bytesPerGiB > memoryGiB) return false;
  if (!needs.every((need) => facts.capabilities?.includes(need))) return false;
  return context === undefined || usableContext(facts) >= context;
}

/** A client is best told less than the engine takes where answers suffer before the end of the window. */
function usableContext({ clientLimits, context = 0 }: CatalogModel["facts"]): number {
  return Math.min(context, clientLimits?.context ?? context);
}

function rank({ facts }: CatalogModel, { purpose }: Wish): number[] {
  const speed = facts.expected?.tokensPerSecond;
  return [
    statusRank[facts.status ?? "manual"],
    isTedious(facts) ? 1 : 0,
    facts.goodFor!.indexOf(purpose),
    speed === undefined ? 0 : -(speed.from + speed.to) / 2,
    -(facts.parameters?.total ?? 0),
  ];
}

/** Slower than people read, tokens per second. */
const readingSpeed = 8;
/** A shorter window holds no page and its answer. */
const shortWindow = 8192;

function isTedious(facts: CatalogModel["facts"]): boolean {
  const speed = facts.expected?.tokensPerSecond;
  return (speed !== undefined && speed.to < readingSpeed) || usableContext(facts) < shortWindow;
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? 0 : a[at]! - b[at]!;
}

function reasons({ facts, fields, track }: CatalogModel, { purpose }: Wish): string[] {
  const place = facts.goodFor!.indexOf(purpose);
  const others = facts.goodFor!.filter((other) => other !== purpose);
  const speed = facts.expected?.tokensPerSecond;
  return [
    trust(facts),
    place === 0 ? `first of all for ${purpose}` : `for ${purpose} too; first of all for ${others[0]}`,
    speed === undefined ? "nobody has published its speed" : `${range(speed)} tokens per second (${speed.source})`,
    `takes ${Math.ceil((facts.memory ?? 0) / bytesPerGiB)} GiB${facts.lifecycle === "exclusive" ? ", alone on the machine" : ""}`,
    `${usableContext(facts).toLocaleString("en")} tokens of prompt and answer`,
    costs(facts, fields, track),
    ...(facts.incompatible ?? []).map(({ client, use }) => `not with ${client}: use ${use} there`),
  ];
}

/** What it takes until the first word. */
function costs({ footprint, engine }: CatalogModel["facts"], { loadTime }: ModelFields, track?: ImageTrack): string {
  if (engine === undefined || footprint === undefined || track === undefined)
    return "nothing to download but its weights";
  const { minutes } = track.build ?? {};
  const built = track.source === "build" && minutes !== undefined;
  return [
    `download of about ${Math.ceil(footprint.weights / 1e9)} GB`,
    ...(built ? [`${minutes.from} to ${minutes.to} minutes to build its image, once`] : []),
    ...(track.registryLogin === undefined ? [] : [`login at ${track.registryLogin}`]),
    `about ${Math.max(1, Math.round((loadTime ?? 0) / 60))} minutes to the first word`,
  ].join(", ");
}

function trust({ status, statusReason }: CatalogModel["facts"]): string {
  return statusReason === undefined ? `${status}` : `${status}: ${statusReason.replace(/\.$/, "")}`;
}

/** `28 to 33`, or one figure. */
export function range({ from, to }: { from: number; to: number }): string {
  return from === to ? `${from}` : `${from} to ${to}`;
}
