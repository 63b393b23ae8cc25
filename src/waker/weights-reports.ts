/** What jobs on weights tell: events for whoever listens, lines for the log. */
import { now } from "./clock.ts";
import type { Publisher, WakerLog } from "./publisher.ts";
import type { QueueParts } from "./weights-queue.ts";

/** A download tells more often than anybody wants to hear. */
const tellSeconds = 0.5;

export function weightsReports(publisher: Publisher, log: WakerLog): Pick<QueueParts, "changed" | "over"> {
  let toldAt = 0;
  return {
    changed() {
      if (now() - toldAt < tellSeconds) return;
      toldAt = now();
      publisher.publish({ type: "progress", message: "weights" });
    },
    over(job, error) {
      const { model, act } = job;
      const done = act === "fetch" ? "weights are here" : "weights are whole";
      const message = error === null ? `${model}: its ${done}` : error.message;
      if (error === null) log.info({ model }, message);
      else log.warn({ model, act }, message);
      if (act === "verify" && error === null) return;
      publisher.publish({ type: error === null ? "pulled" : "pull-failed", model, message });
    },
  };
}
