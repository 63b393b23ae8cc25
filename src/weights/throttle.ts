/** Keeps a download below so many bytes per second, by reading no faster: TCP holds the sender back. */
import { setTimeout as delay } from "node:timers/promises";

export interface Throttle {
  /** Resolves when so many more bytes may be read. Rejects with the signal's reason. */
  take(bytes: number, signal: AbortSignal): Promise<void>;
}

/** Seconds. */
export interface Clock {
  now(): number;
  wait(seconds: number, signal: AbortSignal): Promise<unknown>;
}

const realClock: Clock = {
  now: () => performance.now() / 1000,
  wait: (seconds, signal) => delay(seconds * 1000, undefined, { signal }),
};

/** A second's worth may come at once, so that many small chunks cost no timer each. */
export function throttle(limit: number | null, { now, wait }: Clock = realClock): Throttle {
  if (limit === null) return { take: async () => {} };
  let due = Number.NEGATIVE_INFINITY;
  return {
    async take(bytes, signal) {
      due = Math.max(due, now() - 1) + bytes / limit;
      const seconds = due - now();
      if (seconds > 0) await wait(seconds, signal);
    },
  };
}
