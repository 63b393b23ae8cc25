/** Brings the missing rest of a partial; takes cut connections up again with growing pauses. */
import { setTimeout as delay } from "node:timers/promises";
import { explain, isTransient } from "./network-failure.ts";
import type { Partial } from "./partial.ts";
import type { Patience } from "./patience.ts";
import { type RemoteOffer, SourceOutOfReach } from "./source.ts";
import type { Throttle } from "./throttle.ts";

/** Less than this between two cuts does not count as getting on. */
const worthwhileBytes = 64 * 1024;

export interface FetchOptions {
  patience: Patience;
  throttle: Throttle;
  signal: AbortSignal;
  onBytes: (done: number) => void;
}

/** Throws a SourceFailure or BeginAnew; the partial keeps what came. */
export async function fetchRest(
  partial: Partial,
  { remote, from, to }: RemoteOffer,
  { patience, throttle, signal, onBytes }: FetchOptions,
): Promise<void> {
  const total = to - from;
  onBytes(partial.length);
  for (let failures = 0; partial.length < total; ) {
    const before = partial.length;
    try {
      for await (const chunk of remote.read(from + partial.length, to, signal)) {
        await partial.append(chunk);
        onBytes(partial.length);
        await throttle.take(chunk.length, signal);
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!isTransient(error)) throw error;
      failures = partial.length - before >= worthwhileBytes ? 1 : failures + 1;
      if (failures > patience.retries) {
        const tries = `${failures} times in a row`;
        throw new SourceOutOfReach(`cut off ${tries} at ${partial.length} of ${total} bytes: ${explain(error)}`);
      }
      const pause = Math.min(patience.longestPause, patience.pause * 2 ** (failures - 1));
      await delay(pause * 1000, undefined, { signal });
    }
  }
}
