/** Watches a ready engine. */
import { setTimeout as pause } from "node:timers/promises";
import { type ProbeTarget, probeHealth } from "./probe.ts";

const everySeconds = 10;
/** After somebody has reported a broken answer, until it is clear whether the engine is well. */
const urgentSeconds = 1;
const failuresUntilUnhealthy = 3;

export interface HealthWatch {
  /** Somebody has a reason to doubt: look now. */
  checkNow(): void;
  stop(): void;
}

/** Calls `onRound` at every look, `onUnhealthy` once, after three failures in a row. */
export function watchHealth(
  target: ProbeTarget,
  onRound: () => void,
  onUnhealthy: (reason: string) => void,
): HealthWatch {
  const over = new AbortController();
  let urgent = false;
  let wake = new AbortController();

  async function run(): Promise<void> {
    let failures = 0;
    while (!over.signal.aborted) {
      const seconds = urgent ? urgentSeconds : everySeconds;
      const signal = AbortSignal.any([over.signal, wake.signal]);
      await pause(seconds * 1000, undefined, { ref: false, signal }).catch(() => {});
      if (over.signal.aborted) return;
      wake = new AbortController();
      onRound();
      const health = await probeHealth(target, over.signal);
      if (over.signal.aborted) return;
      failures = health.ok ? 0 : failures + 1;
      if (health.ok) urgent = false;
      else if (failures === failuresUntilUnhealthy) {
        onUnhealthy(`its health check failed ${failures} times in a row: ${health.why}`);
        return;
      }
    }
  }

  void run();
  return {
    checkNow() {
      urgent = true;
      wake.abort();
    },
    stop: () => over.abort(),
  };
}
