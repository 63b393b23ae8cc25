/** The figures of one policy on one trace, over all its seeds. Seconds, except `swaps` (per run). */
import type { Outcome } from "./world.ts";

export interface Figures {
  mean: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
  /** Models stopped for another one, in an average run. */
  swaps: number;
}

export function figuresOf(outcomes: Outcome[]): Figures {
  const waits = outcomes.flatMap((outcome) => outcome.waits).sort((a, b) => a - b);
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  const swaps = outcomes.reduce((sum, outcome) => sum + outcome.swaps, 0) / outcomes.length;
  const at = (fraction: number) => waits[Math.min(waits.length - 1, Math.floor(fraction * waits.length))]!;
  return { mean, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1), swaps };
}
