/** The part of a job that counts: from the end of its warm-up for a fixed time. */
import { cpuSeconds } from "../processes.ts";
import type { Target } from "./job.ts";

export interface Window {
  count: number;
  windowMs: number;
  cpuSeconds: number;
}

/** Reads the counter and the processor time of the target at both ends of the window. */
export async function measure(
  target: Target,
  { warmMs, windowMs }: { warmMs: number; windowMs: number },
  counter: () => number,
): Promise<Window> {
  await elapse(warmMs);
  const begin = { at: performance.now(), count: counter(), cpu: cpuSeconds(target.pids) };
  await elapse(windowMs);
  return {
    count: counter() - begin.count,
    windowMs: performance.now() - begin.at,
    cpuSeconds: cpuSeconds(target.pids) - begin.cpu,
  };
}

export function elapse(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
