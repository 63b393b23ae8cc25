/** What was measured, as an `expected:` block says it. */
import { formatDuration } from "../config/duration.ts";
import { type Figures, median, tokenRates } from "./figures.ts";

/** A figure with its source, as it is written. */
type Written = Record<string, string | number>;

/** By the name of the figure; what was not measured is not there. `source`: where and when. */
export function expectedFigures(figures: Partial<Figures>, source: string): Record<string, Written> {
  const { loadSeconds, warm = [], contextTokens, memory } = figures;
  const rates = tokenRates(warm);
  const first = warm.map(({ firstTokenSeconds }) => firstTokenSeconds);
  return {
    ...(rates.length === 0
      ? {}
      : { tokensPerSecond: { from: tenths(Math.min(...rates)), to: tenths(Math.max(...rates)), source } }),
    ...(loadSeconds === undefined ? {} : { load: { time: formatDuration(tenths(loadSeconds)), source } }),
    ...(first.length === 0 ? {} : { firstToken: { time: formatDuration(median(first)), source } }),
    ...(contextTokens === undefined || contextTokens === 0 ? {} : { context: { tokens: contextTokens, source } }),
    ...(memory === undefined ? {} : { memory: { size: `${Math.ceil(memory.peakGiB * 1024)}MiB`, source } }),
  };
}

/** Not 0: nothing was faster than can be said. */
function tenths(value: number): number {
  return Math.max(0.1, Math.round(value * 10) / 10);
}
