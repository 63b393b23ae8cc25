/** First come, first served: nobody overtakes, so every change of model in the queue is a swap. */
import type { PolicyMaker } from "../policy.ts";
import { rigged } from "./rig.ts";

export const fifo: PolicyMaker = (machine) =>
  rigged(machine, (rig) => {
    for (const request of rig.waiting.filter((waiter) => rig.engineOf(waiter).lifecycle === "utility")) {
      const engine = rig.engineOf(request);
      if (engine.phase === "ready") rig.admit(request);
      else rig.bring(engine);
    }
    for (const request of rig.waiting.filter((waiter) => rig.engineOf(waiter).lifecycle !== "utility")) {
      const engine = rig.engineOf(request);
      if (engine.phase !== "ready" || engine.running >= engine.concurrency) {
        rig.bring(engine);
        break;
      }
      rig.admit(request);
    }
    return null;
  });
