import { readdirSync, readFileSync } from "node:fs";

export interface ProcessInfo {
  pid: number;
  command: string;
}

/** Living processes (zombies excluded) whose command line or environment names this path. Linux only. */
export function processesNaming(path: string): ProcessInfo[] {
  const found: ProcessInfo[] = [];
  for (const entry of readdirSync("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const command = read(pid, "cmdline").replaceAll("\0", " ").trim();
    if (command === "") continue;
    if (command.includes(path) || read(pid, "environ").includes(path)) found.push({ pid, command });
  }
  return found;
}

/** Empty where the process is gone meanwhile or belongs to somebody else. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
