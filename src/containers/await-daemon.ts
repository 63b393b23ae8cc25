import { setTimeout as pause } from "node:timers/promises";
import type { Daemon } from "./daemon.ts";
import { DaemonFailure } from "./failure.ts";
import type { ImageProgress } from "./progress-stream.ts";

/** As long as an update of Docker restarts it: whoever waits for an engine meanwhile is not told of a failure. */
const patienceSeconds = 60;
const pollMilliseconds = 500;
const answerSeconds = 5;

/** Resolves when the daemon answers. Rejects with what to do when it stays away, or with the signal's reason. */
export async function awaitDaemon(daemon: Daemon, signal: AbortSignal, onProgress: ImageProgress): Promise<void> {
  const deadline = performance.now() + patienceSeconds * 1000;
  for (;;) {
    try {
      await daemon.ask("reach it", answerSeconds, () => daemon.client.ping(), signal);
      return;
    } catch (error) {
      const away = error instanceof DaemonFailure && (error.kind === "unreachable" || error.kind === "late");
      if (!away || performance.now() > deadline) throw error;
    }
    onProgress("waiting for Docker", null);
    await pause(pollMilliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
