/** Sources: every figure says where it comes from, and when that was so. */
import type { CatalogFields } from "../schema.ts";
import type { Fault } from "./fault.ts";

/** A day, or a month. */
const date = /\b20\d\d-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?\b/;

export function hasDate(source: string): boolean {
  return date.test(source);
}

export function sourceFaults({ footprint, expected, speculation, engine }: CatalogFields): Fault[] {
  if (engine === undefined) return [];
  const sources: [(string | number)[], string | undefined, unknown][] = [
    [["footprint", "source"], footprint?.source, footprint],
    [["footprint", "startPeak", "source"], footprint?.startPeak?.source, footprint?.startPeak],
    [["expected", "tokensPerSecond", "source"], expected?.tokensPerSecond?.source, expected?.tokensPerSecond],
    [["expected", "load", "source"], expected?.load?.source, expected?.load],
    [["speculation", "source"], speculation?.source, speculation],
    [["speculation", "without", "source"], speculation?.without?.source, speculation?.without],
  ];
  return sources.flatMap(([path, source, figure]): Fault[] => {
    if (figure === undefined) return [];
    if (source === undefined) return [{ path, message: "missing: where the figures come from." }];
    return hasDate(source) ? [] : [{ path, message: "names no date, such as 2026-11 or 2026-11-25." }];
  });
}
