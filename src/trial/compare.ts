/** What was measured beside what the model's entry expects. */
import type { Expected } from "../config/schema/expected.ts";
import { bytesPerGiB, gib } from "../domain/size.ts";
import { type Figures, median, tokenRates } from "./figures.ts";

/** A busy machine is no worse model: times may be longer by this share, and speeds lower. */
const timeRoom = 0.25;
const speedRoom = 0.1;
const memoryRoom = 0.05;

/** A sentence for each figure that is worse than it should be; a figure that was not measured is not worse. */
export function worseThan(expected: Expected | undefined, figures: Partial<Figures>): string[] {
  if (expected === undefined) return [];
  const { tokensPerSecond, load, firstToken, context, memory } = expected;
  const { loadSeconds, warm = [], contextTokens, memory: held } = figures;
  const rates = tokenRates(warm);
  const rate = rates.length === 0 ? null : median(rates);
  const first = warm.length === 0 ? null : median(warm.map(({ firstTokenSeconds }) => firstTokenSeconds));
  const worse: string[] = [];
  const note = (isWorse: boolean, sentence: string, source: string) => {
    if (isWorse) worse.push(`${sentence} (${source})`);
  };
  if (tokensPerSecond !== undefined && rate !== null) {
    const { from, source } = tokensPerSecond;
    note(rate < from * (1 - speedRoom), `${rate.toFixed(1)} tokens per second; ${from} are expected`, source);
  }
  if (load !== undefined && loadSeconds !== undefined) {
    const { time, source } = load;
    note(loadSeconds > time * (1 + timeRoom), `loads in ${loadSeconds.toFixed(1)} s; ${time} s are expected`, source);
  }
  if (firstToken !== undefined && first !== null) {
    const { time, source } = firstToken;
    note(first > time * (1 + timeRoom), `first token after ${first.toFixed(2)} s; ${time} s are expected`, source);
  }
  if (context !== undefined && contextTokens !== undefined) {
    const { tokens, source } = context;
    note(contextTokens < tokens, `takes prompts of ${contextTokens} tokens; ${tokens} are expected`, source);
  }
  if (memory !== undefined && held !== undefined) {
    const size = memory.size / bytesPerGiB;
    note(
      held.peakGiB > size * (1 + memoryRoom),
      `takes ${gib(held.peakGiB)}; ${gib(size)} are expected`,
      memory.source,
    );
  }
  return worse;
}
