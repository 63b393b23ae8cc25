/** Around a whole run: its folder, its slots for servers, and the proof at its end that nothing is left running. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, constants, tmpdir } from "node:os";
import { join } from "node:path";
import { killStrays, type ProcessInfo, signalNaming } from "./processes-naming.ts";
import { fileFolderPrefix, nameFile, slotsSocket } from "./run-folder.ts";
import { openSlots } from "./slots.ts";

/** A server and its engines wait more than they work. */
const serversPerCore = 2;

/** vitest calls it for each project of a run; the first one is for all of them. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.HEARTH_TEST_RUN !== undefined) return undefined;
  const run = mkdtempSync(join(tmpdir(), "hearth-"));
  process.env.HEARTH_TEST_RUN = run;
  onAbruptEnd(() => {
    // The workers too: they name the run, and would start more.
    for (let look = 0; look < 5 && signalNaming(run).length > 0; look += 1);
    rmSync(run, { recursive: true, force: true });
  });
  const slots = await openSlots(slotsSocket(run), serversPerCore * availableParallelism());
  return async () => {
    await slots.close();
    const left = await killStrays(fileFolderPrefix(run));
    const problems = left.map((process) => `${ownerOf(process, run)} left a process running: ${process.command}`);
    rmSync(run, { recursive: true, force: true, maxRetries: 3 });
    if (problems.length > 0) throw new Error(problems.join("\n"));
  };
}

/** Ctrl-C reaches nothing of what the tests started: each is a group of its own. After an orderly end nothing is left. */
function onAbruptEnd(clear: () => void): void {
  process.once("exit", clear);
  for (const signal of ["SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}

function ownerOf({ named }: ProcessInfo, run: string): string {
  const folder = named.slice(0, fileFolderPrefix(run).length + 8);
  return readFileSync(join(folder, nameFile), "utf8");
}
