/** What `hearth test` measures of a model. */

export interface Figures {
  /** From the wish to have it to the ready engine. */
  loadSeconds: number;
  /** Of the first answer after a load. */
  cold: Speed;
  /** Of the answers after it, each in its order. */
  warm: Speed[];
  /** The largest prompt that was answered. */
  contextTokens: number;
  /** How fast that prompt was read. */
  promptTokensPerSecond: number;
  memory: MemoryFigures;
}

export interface Speed {
  firstTokenSeconds: number;
  /** After the first token. Null where the answer was too short to tell. */
  tokensPerSecond: number | null;
}

/** What the engine held, GiB. */
export interface MemoryFigures {
  restGiB: number;
  peakGiB: number;
  endGiB: number;
}

/** The middle value; of two the mean. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** Those that could be told. */
export function tokenRates(speeds: readonly Speed[]): number[] {
  return speeds.flatMap(({ tokensPerSecond }) => (tokensPerSecond === null ? [] : [tokensPerSecond]));
}
