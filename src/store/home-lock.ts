/**
 * One Hearth per home. The lock is SQLite's lock on a file of its own, thus the kernel's: it is free the moment its
 * holder dies, however it dies, and engines that outlive the holder do not inherit it.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export interface HomeLock {
  release(): void;
}

/** Takes the home, or throws an error that names who has it. */
export function lockHome(home: string): HomeLock {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const pidFile = join(home, "hearth.pid");
  const lock = new DatabaseSync(join(home, "hearth.lock"), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== 5) throw error;
    throw new Error(
      `Another Hearth (pid ${readPid(pidFile)}) runs on ${home}. Stop it first, or give this one a home of its own ` +
        "with HEARTH_HOME.",
      { cause: error },
    );
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return {
    release() {
      if (lock.isOpen) lock.close();
    },
  };
}

function readPid(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "unknown";
  }
}
