/** What the kernel knows of processes: processor time and resident memory. Linux only. */
import { readdirSync, readFileSync } from "node:fs";

/** Ticks per second of /proc: 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Seconds of processor time that these processes and all their threads have used. */
export function cpuSeconds(pids: number[]): number {
  return pids.reduce((sum, pid) => sum + ticks(pid), 0) / ticksPerSecond;
}

function ticks(pid: number): number {
  const fields = statFields(pid);
  return Number(fields[11]) + Number(fields[12]);
}

/** The fields of /proc/<pid>/stat from the state (the third) on: the name before it may hold anything. */
function statFields(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, "latin1");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

export function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return Number(statFields(pid)[1]) === parent;
      } catch {
        return false;
      }
    });
}

/** Ticks of all cores together: in use, and in all. */
export function machineTicks(): { busy: number; total: number } {
  const [user, nice, system, idle, wait, ...rest] = readFileSync("/proc/stat", "latin1")
    .split("\n", 1)[0]!
    .split(/ +/)
    .slice(1, 9)
    .map(Number);
  const busy = user! + nice! + system! + rest.reduce((sum, ticks) => sum + ticks, 0);
  return { busy, total: busy + idle! + wait! };
}

/** Resident memory in MB (10^6 bytes). */
export function residentMB(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
  return (Number(kilobytes) * 1024) / 1e6;
}
