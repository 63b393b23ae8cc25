/** One Hearth per home. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FileLock, tryLock } from "../../file-lock/file-lock.ts";

/** Takes the home, or throws an error that names who has it. */
export function lockHome(home: string): FileLock {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const pidFile = join(home, "hearth.pid");
  const lock = tryLock(join(home, "hearth.lock"));
  if (lock === null) {
    throw new Error(
      `Another Hearth (pid ${readPid(pidFile)}) runs on ${home}. Stop it first, or give this one a home of its own ` +
        "with HEARTH_HOME.",
    );
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return lock;
}

function readPid(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "unknown";
  }
}
