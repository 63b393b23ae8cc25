/**
 * An engine is more than one process: vLLM has its workers. It is started as the leader of a session and a process
 * group of its own; all of them are the engine, and it is gone when the last of them is.
 */
import { setTimeout as pause } from "node:timers/promises";
import { environmentOf, type ProcessEntry, processTable } from "./process-table.ts";

/** After SIGKILL. A process that outlives this hangs in the kernel (a GPU driver, a dead network disk). */
const killSeconds = 10;

/** Living members of the group and session of this leader, who may be dead himself. */
export function groupMembers(leader: number): ProcessEntry[] {
  return processTable().filter((entry) => !entry.zombie && (entry.group === leader || entry.session === leader));
}

/**
 * SIGTERM, after the grace SIGKILL, then proof. `mark` is an environment variable (`NAME=value`) that the engine's
 * processes carry: it finds those that left the group. Rejects naming the processes that remain.
 */
export async function endGroup(leader: number, graceSeconds: number, mark: [string, string]): Promise<void> {
  signalGroup(leader, "SIGTERM");
  if (!(await groupGone(leader, graceSeconds))) {
    signalGroup(leader, "SIGKILL");
    await groupGone(leader, killSeconds);
  }
  for (const { pid } of strays(mark)) signal(pid, "SIGKILL");
  const until = performance.now() + killSeconds * 1000;
  let left = [...groupMembers(leader), ...strays(mark)];
  while (left.length > 0 && performance.now() < until) {
    await pause(50);
    left = [...groupMembers(leader), ...strays(mark)];
  }
  if (left.length > 0) {
    const pids = [...new Set(left.map((entry) => entry.pid))].join(", ");
    throw new Error(`Processes ${pids} do not end, not even by SIGKILL. They hang in the kernel: restart the machine.`);
  }
}

/** Waits for the last member; false when the time is over. Looks often at first: most engines leave at once. */
async function groupGone(leader: number, seconds: number): Promise<boolean> {
  const until = performance.now() + seconds * 1000;
  for (let wait = 10; ; wait = Math.min(wait * 1.5, 250)) {
    if (groupMembers(leader).length === 0) return true;
    const left = until - performance.now();
    if (left <= 0) return false;
    await pause(Math.min(wait, left));
  }
}

function strays([name, value]: [string, string]): ProcessEntry[] {
  return processTable().filter((entry) => !entry.zombie && environmentOf(entry.pid)?.get(name) === value);
}

function signalGroup(leader: number, name: NodeJS.Signals): void {
  signal(-leader, name);
  for (const { pid, group } of groupMembers(leader)) if (group !== leader) signal(pid, name);
}

function signal(target: number, name: NodeJS.Signals): void {
  try {
    process.kill(target, name);
  } catch (error) {
    // Gone already: that is what the signal is for. On macOS a group of zombies answers EPERM.
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}
