/**
 * A lock on a file, for all processes that share its folder, in other containers too. It is SQLite's lock, thus the
 * kernel's: it is free the moment its holder dies, however it dies, and children that outlive it do not inherit it.
 */
import { DatabaseSync } from "node:sqlite";

export interface FileLock {
  release(): void;
}

const busy = 5;

/** Null where somebody else holds it. The file is made, and stays. Waits for the disk: not for a thread that serves. */
export function tryLock(file: string): FileLock | null {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
    return {
      release() {
        if (database.isOpen) database.close();
      },
    };
  } catch (error) {
    database.close();
    if ((error as { errcode?: unknown }).errcode === busy) return null;
    throw error;
  }
}
