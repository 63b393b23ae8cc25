/** Whether the engine stays within the memory that its entry gives it. */
import { gib } from "../../domain/size.ts";
import { TrialFailure } from "../failure.ts";
import type { MemoryWatch } from "../memory-watch.ts";
import type { Trial } from "../trial.ts";

/** Of the claim: pages that come and go. */
const roomFraction = 0.02;

/** To be the last of a run. */
export function memoryTrial(watch: MemoryWatch): Trial {
  return {
    name: "memory",
    group: "memory",
    needs: [],
    async run({ model: { memoryGiB } }) {
      const memory = watch.figures();
      if (memory === null) return { skipped: "this way of running engines does not tell their memory" };
      const { restGiB, peakGiB, endGiB } = memory;
      const says = `${gib(restGiB)} at first, ${gib(peakGiB)} at most, ${gib(endGiB)} at the end`;
      if (peakGiB > memoryGiB * (1 + roomFraction)) {
        throw new TrialFailure(`takes ${gib(peakGiB)}, and ${gib(memoryGiB)} are claimed`, {
          sent: { memoryGiB },
          came: memory,
          figures: { memory },
        });
      }
      return { says: `${says}, of ${gib(memoryGiB)}`, figures: { memory } };
    },
  };
}
