/** One Hearth per home; the next one waits for one that stops. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type FileLock, tryLock } from "../../file-lock/file-lock.ts";
import { createPrivately, writePrivately } from "./private-file.ts";

export interface HomeLock extends FileLock {
  /** Lets the next one know that it is worth waiting. */
  stopping(): void;
}

/** A signal that has just been sent is heard within this. */
const signalSeconds = 2;
const askAgainMilliseconds = 100;
const sayAgainSeconds = 5;

/**
 * Takes the home. Waits for a Hearth that stops, and says so by `notice`, again every few seconds; throws an error that
 * names who has it where that one does not stop.
 */
export async function lockHome(home: string, notice: (sentence: string) => void): Promise<HomeLock> {
  const lockFile = join(home, "hearth.lock");
  createPrivately(lockFile);
  const pidFile = join(home, "hearth.pid");
  const since = performance.now();
  let saidAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    const lock = tryLock(lockFile);
    if (lock !== null) {
      writeHolder(pidFile, "");
      return { ...lock, stopping: () => writeHolder(pidFile, stoppingWord) };
    }
    const { pid, stopping } = holderIn(pidFile);
    const seconds = (performance.now() - since) / 1000;
    if (!stopping && seconds > signalSeconds) {
      throw new Error(
        `Another Hearth (pid ${pid}) runs on ${home}. Stop it first, or give this one a home of its own ` +
          "with HEARTH_HOME.",
      );
    }
    if (stopping && seconds - saidAt >= sayAgainSeconds) {
      saidAt = seconds;
      notice(`waiting for the Hearth (pid ${pid}) that stops on ${home}, for ${Math.round(seconds)} s so far`);
    }
    await pause(askAgainMilliseconds);
  }
}

const stoppingWord = "stopping";

function writeHolder(file: string, state: string): void {
  writePrivately(file, `${`${process.pid} ${state}`.trim()}\n`);
}

/** The lock says that somebody holds it; the file, who. */
function holderIn(file: string): { pid: string; stopping: boolean } {
  try {
    const [pid = "", state] = readFileSync(file, "utf8").trim().split(" ");
    return { pid: pid === "" ? "unknown" : pid, stopping: state === stoppingWord };
  } catch {
    return { pid: "unknown", stopping: false };
  }
}
