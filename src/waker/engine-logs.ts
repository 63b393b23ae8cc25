import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "./driver.ts";

const lookMilliseconds = 250;

/**
 * Lines of a model's newest engine; when following, of the next one too, until the signal aborts. Nothing where the
 * model was never started.
 */
export async function* engineLogs(
  newest: () => Engine | null,
  { lines, follow, signal }: { lines: number; follow: boolean; signal: AbortSignal },
): AsyncGenerator<string> {
  let engine = newest();
  if (engine !== null) yield* engine.logs({ lines, follow, signal });
  while (follow && !signal.aborted) {
    const next = newest();
    if (next === engine || next === null) {
      await pause(lookMilliseconds, undefined, { signal, ref: false }).catch(() => {});
      continue;
    }
    engine = next;
    yield* engine.logs({ lines: Number.POSITIVE_INFINITY, follow, signal });
  }
}
