/** A process group from /proc: whether it works, and its end. */
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { groupMembers } from "../../../src/waker/drivers/process/stop.ts";

/** Without a word and with less work than this for so long, a process is taken to hang. */
const stillSeconds = 20;
/** Of one core. An idle server's timers take a tenth of it; one that shares a core with ten others gets five times it. */
const leastWork = 0.02;

const ticksPerSecond = 100;

/** Resolves once the group hangs, however busy the machine is; rejects when the signal says that nobody asks any more. */
export async function untilStill(leader: { pid: number; log: string }, signal: AbortSignal): Promise<void> {
  for (;;) {
    const before = { said: leader.log.length, worked: workedSeconds(leader.pid) };
    await pause(stillSeconds * 1000, undefined, { signal });
    const work = workedSeconds(leader.pid) - before.worked;
    if (leader.log.length === before.said && work < leastWork * stillSeconds) return;
  }
}

/** CPU time of all living members of the group. */
function workedSeconds(leader: number): number {
  return groupMembers(leader).reduce((sum, { pid }) => sum + cpuTicks(pid) / ticksPerSecond, 0);
}

/** `man 5 proc`, /proc/pid/stat: utime and stime. */
function cpuTicks(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}

export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    // Gone already: that is what the signal is for.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** For the kernel to take away what SIGKILL has ended. */
const killSeconds = 30;

/** Resolves when the last member is gone; rejects naming those whom not even SIGKILL ends. */
export async function groupGone(leader: number): Promise<void> {
  const limit = performance.now() + killSeconds * 1000;
  while (groupMembers(leader).length > 0) {
    if (performance.now() > limit) {
      const pids = groupMembers(leader).map(({ pid }) => pid);
      throw new Error(`${pids.join(", ")} are still there ${killSeconds} s after SIGKILL.`);
    }
    await pause(5);
  }
}
