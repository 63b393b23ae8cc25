/** The load generator's process: does one job at a time for its parent. */
import { closedLoop } from "./closed.ts";
import { held } from "./held.ts";
import type { JobResult, Order, Reply } from "./job.ts";
import { openLoop } from "./open.ts";
import { sequence } from "./sequence.ts";
import { streams } from "./streams.ts";

process.on("message", ({ job, target }: Order) => {
  const broken = Promise.withResolvers<never>();
  const failed = broken.reject;
  const run = (): Promise<JobResult> => {
    switch (job.kind) {
      case "closed":
        return closedLoop(job, target, failed);
      case "open":
        return openLoop(job, target, failed);
      case "streams":
        return streams(job, target, failed);
      case "sequence":
        return sequence(job, target, failed);
      case "held":
        return held(job, target, failed);
    }
  };
  Promise.race([run(), broken.promise]).then(
    (result) => reply({ result }),
    (error: Error) => reply({ error: error.message }),
  );
});
process.on("disconnect", () => process.exit(0));

function reply(message: Reply): void {
  process.send?.(message);
}
