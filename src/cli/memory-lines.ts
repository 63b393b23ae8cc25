/** What `hearth models show` prints of a model's memory. */
import type { CatalogModel } from "../catalog/catalog-model.ts";
import {
  cacheBytesPerToken,
  cacheValueBytes,
  type MemoryParts,
  mayHangMachine,
  memoryMargin,
  memoryParts,
  sparkPoolGiB,
} from "../catalog/footprint.ts";
import type { Footprint } from "../catalog/schema.ts";
import { memoryShare } from "../domain/memory-share.ts";
import type { ModelSpec } from "../domain/model.ts";
import { bytesPerGiB } from "../domain/size.ts";
import type { SheetLine } from "./sheet.ts";

export function memoryLines({ facts }: CatalogModel, spec: ModelSpec): SheetLine[] {
  const total = `${tenths(spec.memoryGiB)} GiB`;
  const { footprint } = facts;
  if (footprint === undefined) return [["memory", total]];
  const parts = memoryParts({ ...facts, footprint });
  const marginGiB = memoryMargin(spec.memoryGiB * bytesPerGiB) / bytesPerGiB;
  const share = memoryShare(spec.memoryGiB, sparkPoolGiB);
  return [
    ["memory", `${total} = ${sum(parts)}, and a margin of ${tenths(marginGiB)}`],
    ["", `cache: ${cache(footprint, cacheValueBytes(facts.engine))}; weights: ${footprint.basis}`],
    ["", `${share} of the ${sparkPoolGiB} GiB of a DGX Spark: an upper bound`],
    ...startLines(footprint, spec),
  ];
}

function cache(footprint: Footprint, valueBytes: 1 | 2): string {
  const perToken = cacheBytesPerToken(footprint, valueBytes);
  const { tokens } = footprint.kv;
  if (perToken === null || tokens === undefined) return "a budget: the shape of its cache is not known";
  return `${tokens.toLocaleString("en")} tokens x ${perToken.toLocaleString("en")} bytes`;
}

function startLines({ startPeak }: Footprint, { startPeakGiB }: ModelSpec): SheetLine[] {
  if (startPeak === undefined || startPeakGiB === undefined) return [];
  const alone = mayHangMachine(startPeakGiB);
  return [
    ["start", `takes up to ${tenths(startPeakGiB)} GiB while it starts (${startPeak.source})`],
    ...(alone ? [["", "MAY HANG THE MACHINE: save your work first; nothing else runs meanwhile"] as SheetLine] : []),
  ];
}

/** `60.8 weights + 9 cache + 6 overhead`. */
export function sum({ weightsGiB, kvGiB, overheadGiB, draftGiB }: MemoryParts): string {
  const draft = draftGiB === 0 ? "" : ` + ${tenths(draftGiB)} draft`;
  return `${tenths(weightsGiB)} weights + ${tenths(kvGiB)} cache + ${tenths(overheadGiB)} overhead${draft}`;
}

function tenths(value: number): string {
  return String(Math.round(value * 10) / 10);
}
