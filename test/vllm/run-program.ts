import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";

export interface ProgramOptions {
  /** Gets its output, over what is there. */
  logFile: string;
  seconds: number;
  env?: NodeJS.ProcessEnv;
}

/** Runs a program as a guest of the machine (nice 19). Throws with the end of its output where it fails or takes too long. */
export async function runProgram(command: string[], { logFile, seconds, env }: ProgramOptions): Promise<void> {
  const log = openSync(logFile, "w");
  const child = spawn("nice", ["-n", "19", ...command], {
    stdio: ["ignore", log, log],
    timeout: seconds * 1000,
    env: { ...process.env, ...env },
  });
  closeSync(log);
  const [code, signal] = await once(child, "exit");
  if (code === 0) return;
  const how = signal === null ? `code ${code}` : signal;
  throw new Error(`${command.slice(0, 4).join(" ")} ended with ${how}: ${lastWords(logFile)} (all of it: ${logFile})`);
}

/** The errors among the last lines, else the last line. */
function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, "utf8").trim().split("\n").slice(-40);
  const errors = lines.filter((line) => /error/i.test(line));
  return (errors.at(-1) ?? lines.at(-1) ?? "").slice(0, 500);
}
