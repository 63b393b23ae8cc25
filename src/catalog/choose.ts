/** Which models suit a wish, best first, with the reasons. */
import { bytesPerGiB } from "../domain/size.ts";
import type { CatalogModel } from "./catalog-model.ts";
import type { Purpose } from "./purposes.ts";

export interface Wish {
  purpose: Purpose;
  /** The model may take this much. */
  memoryGiB?: number;
  /** Tokens of prompt and answer together, at least. */
  context?: number;
}

export interface Choice {
  model: CatalogModel;
  reasons: string[];
}

const statusRank = { recommended: 0, validated: 1, experimental: 2, manual: 3, disabled: 4 } as const;

/**
 * Disabled models are never chosen. Sorted by: how far the model can be trusted, how near the top of its purposes this
 * one stands, how fast it is known to be, how many parameters it has.
 */
export function choose(models: Iterable<CatalogModel>, wish: Wish): Choice[] {
  return [...models]
    .filter((model) => suits(model, wish))
    .sort((a, b) => compare(rank(a, wish), rank(b, wish)))
    .map((model) => ({ model, reasons: reasons(model, wish) }));
}

function suits({ facts }: CatalogModel, { purpose, memoryGiB, context }: Wish): boolean {
  if (facts.status === "disabled" || !facts.goodFor?.includes(purpose)) return false;
  if (memoryGiB !== undefined && (facts.memory ?? 0) / bytesPerGiB > memoryGiB) return false;
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
    facts.goodFor!.indexOf(purpose),
    speed === undefined ? 0 : -(speed.from + speed.to) / 2,
    -(facts.parameters?.total ?? 0),
  ];
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? 0 : a[at]! - b[at]!;
}

function reasons({ facts }: CatalogModel, { purpose }: Wish): string[] {
  const place = facts.goodFor!.indexOf(purpose);
  const others = facts.goodFor!.filter((other) => other !== purpose);
  const speed = facts.expected?.tokensPerSecond;
  return [
    trust(facts),
    place === 0 ? `first of all for ${purpose}` : `for ${purpose} too; first of all for ${others[0]}`,
    speed === undefined ? "nobody has published its speed" : `${range(speed)} tokens per second (${speed.source})`,
    `takes ${Math.ceil((facts.memory ?? 0) / bytesPerGiB)} GiB${facts.lifecycle === "exclusive" ? ", alone on the machine" : ""}`,
    `${usableContext(facts).toLocaleString("en")} tokens of prompt and answer`,
    ...(facts.incompatible ?? []).map(({ client, use }) => `not with ${client}: use ${use} there`),
  ];
}

function trust({ status, statusReason }: CatalogModel["facts"]): string {
  return statusReason === undefined ? `${status}` : `${status}: ${statusReason.replace(/\.$/, "")}`;
}

/** `28 to 33`, or one figure. */
export function range({ from, to }: { from: number; to: number }): string {
  return from === to ? `${from}` : `${from} to ${to}`;
}
