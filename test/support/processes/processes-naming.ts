import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

export interface ProcessInfo {
  pid: number;
  command: string;
  /** The path that it names, from the searched one on up to its end. */
  named: string;
}

/** Living processes (zombies excluded) whose command line or environment names this path. Linux only. */
export function processesNaming(path: string): ProcessInfo[] {
  const found: ProcessInfo[] = [];
  for (const entry of readdirSync("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const command = read(pid, "cmdline");
    if (command === "") continue;
    const named = [command, read(pid, "environ")].map((text) => pathIn(text, path)).find((one) => one !== null);
    if (named) found.push({ pid, command: command.replaceAll("\0", " ").trim(), named });
  }
  return found;
}

/** What ends by itself within this time was not left behind. */
const settleMilliseconds = 3000;
/** For the kernel to take away what SIGKILL has ended. */
const killMilliseconds = 30_000;

/** What names this path and stays; it is killed. */
export async function killStrays(path: string): Promise<ProcessInfo[]> {
  if (await goneWithin(settleMilliseconds, () => processesNaming(path))) return [];
  const left = processesNaming(path);
  await killNaming(path);
  return left;
}

/** Kills what names this path, and whatever that still starts meanwhile; resolves when all of it is gone. */
export async function killNaming(path: string): Promise<void> {
  if (await goneWithin(killMilliseconds, () => signalNaming(path))) return;
  throw new Error(`Not even SIGKILL ends these: ${JSON.stringify(processesNaming(path))}`);
}

/** Sends SIGKILL to what names this path, and returns it: some of it may be on its way out still. */
export function signalNaming(path: string): ProcessInfo[] {
  const left = processesNaming(path);
  for (const { pid } of left) kill(pid);
  return left;
}

async function goneWithin(milliseconds: number, left: () => ProcessInfo[]): Promise<boolean> {
  const limit = performance.now() + milliseconds;
  while (left().length > 0) {
    if (performance.now() > limit) return false;
    await pause(20);
  }
  return true;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function pathIn(text: string, path: string): string | null {
  const at = text.indexOf(path);
  return at === -1 ? null : text.slice(at, at + text.slice(at).search(/[\0\s]|$/));
}

/** Empty where the process is gone meanwhile or belongs to somebody else. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
