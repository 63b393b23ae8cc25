/** How fast something may come, as people write it: `20MB/s`, `2MiB/s`. */
import { parseSize } from "./size.ts";

/** As far as a schema can tell. */
export const ratePattern = /^\d+(\.\d+)? ?([kKMGT]?B|[KMGT]iB)\/s$/;

/** Whole bytes per second, or null where the text is no rate. */
export function rateOf(text: string): number | null {
  return ratePattern.test(text) ? parseSize(text.slice(0, -"/s".length)) || null : null;
}
