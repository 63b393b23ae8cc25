/**
 * One downloader per file and home. The lock is SQLite's on a file of its own, thus the kernel's: it is free the moment
 * its holder dies, however it dies, and it works between containers that share the folder.
 */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";

export interface Lock {
  release(): void;
}

const askAgainMilliseconds = 200;
const busy = 5;

/** Waits for the lock; `whileWaiting` is called at each vain try. Rejects when the signal is aborted. */
export async function takeLock(state: string, signal: AbortSignal, whileWaiting: () => void): Promise<Lock> {
  for (;;) {
    signal.throwIfAborted();
    const lock = tryLock(join(state, "lock"));
    if (lock !== null) return lock;
    whileWaiting();
    await delay(askAgainMilliseconds, undefined, { signal });
  }
}

function tryLock(file: string): Lock | null {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === busy) return null;
    throw error;
  }
}
