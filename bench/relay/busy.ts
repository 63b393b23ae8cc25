/** Whether anything else runs on the machine: figures of a busy machine say little. */
import { setTimeout as elapse } from "node:timers/promises";
import { machineTicks } from "./processes.ts";

/** The share of all cores that was in use during a second, 0-1. */
export async function busyShare(): Promise<number> {
  const before = machineTicks();
  await elapse(1000);
  const after = machineTicks();
  return (after.busy - before.busy) / Math.max(1, after.total - before.total);
}
