/** The processes of this machine, from /proc on Linux and from `ps` elsewhere. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface ProcessEntry {
  pid: number;
  group: number;
  session: number;
  /** Dead and not yet collected by its parent: it holds nothing any more. */
  zombie: boolean;
  /** When it started, in the system's words; together with the pid it names a process for good. */
  start: string;
}

export function processTable(): ProcessEntry[] {
  if (process.platform !== "linux") return tableFromPs();
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const entry = processEntry(Number(name));
    if (entry !== null) entries.push(entry);
  }
  return entries;
}

/** One process, or null when there is none of that pid. */
export function processEntry(pid: number): ProcessEntry | null {
  if (process.platform !== "linux") return tableFromPs().find((entry) => entry.pid === pid) ?? null;
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  // "pid (name) state ppid group session ...": the name may hold spaces and brackets. `man 5 proc`, field 22 = start.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const state = fields[0]!;
  return {
    pid,
    group: Number(fields[2]),
    session: Number(fields[3]),
    zombie: state === "Z" || state === "X",
    start: fields[19]!,
  };
}

function tableFromPs(): ProcessEntry[] {
  const text = execFileSync("ps", ["-axo", "pid=,pgid=,stat=,lstart="], { encoding: "utf8", timeout: 5000 });
  return text
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line))
    .filter((found) => found !== null)
    .map(([, pid, group, state, start]) => ({
      pid: Number(pid),
      group: Number(group),
      session: Number(group),
      zombie: state!.startsWith("Z"),
      start: start!,
    }));
}

/** Environment with which a process was started, or null where it cannot be read (another user's; not Linux). */
export function environmentOf(pid: number): Map<string, string> | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return null;
  }
  const pairs = text.split("\0").filter((pair) => pair.includes("="));
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}
