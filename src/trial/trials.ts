/** What `hearth test` tries, in this order: the load first, the memory last. */
import type { MemoryWatch } from "./memory-watch.ts";
import type { Trial } from "./trial.ts";
import { apiTrials } from "./trials/apis.ts";
import { jsonTrial } from "./trials/json.ts";
import { memoryTrial } from "./trials/memory.ts";
import { otherWorkTrials } from "./trials/other-work.ts";
import { soakTrial } from "./trials/soak.ts";
import { coldTrial, warmTrial } from "./trials/speed.ts";
import { toolTrials } from "./trials/tools.ts";
import { visionTrial } from "./trials/vision.ts";

export function allTrials(watch: MemoryWatch): Trial[] {
  return [
    coldTrial,
    ...apiTrials,
    ...otherWorkTrials,
    ...toolTrials,
    jsonTrial,
    visionTrial,
    warmTrial,
    soakTrial,
    memoryTrial(watch),
  ];
}
