import { readdirSync, readFileSync } from "node:fs";

/** Living processes (zombies excluded) of the session that this process leads. Linux only. */
export function processesOfSession(leader: number): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => {
      // After the name in parentheses: state, parent, group, session (`man 5 proc_pid_stat`).
      const [state, , , session] = statusOf(pid).split(") ").at(-1)!.split(" ");
      return state !== "Z" && Number(session) === leader;
    });
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
}
