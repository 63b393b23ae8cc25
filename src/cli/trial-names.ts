/** `--only` of `hearth test`. */
import { nearestName } from "../domain/nearest.ts";
import { memoryWatch } from "../trial/memory-watch.ts";
import { trialGroups } from "../trial/trial.ts";
import { allTrials } from "../trial/trials.ts";
import { CliError } from "./command.ts";

/** Groups and trials, by their names. Throws a CliError for a word that is none. */
export function trialNames(option: string | boolean | undefined): string[] {
  if (typeof option !== "string") return [];
  const known = [...trialGroups, ...allTrials(memoryWatch()).map(({ name }) => name)];
  const words = option.split(",").map((word) => word.trim());
  for (const word of words) {
    if (known.includes(word)) continue;
    const nearest = nearestName(word, known);
    const hint = nearest === null ? "" : ` Did you mean ${nearest}?`;
    throw new CliError(`--only knows no "${word}".${hint} There are: ${known.join(", ")}.`, 2);
  }
  return words;
}
