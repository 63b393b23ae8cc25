/** Progress of a download on stderr: one line that is rewritten on a terminal, a line each tenth elsewhere. */
import type { Io } from "./io.ts";
import { statusLine } from "./status-line.ts";
import { duration } from "./words.ts";

export interface ProgressLine {
  show(progress: { doneBytes: number; totalBytes: number }): void;
  /** Takes the line off the screen. */
  clear(): void;
}

/** Longest time that the rate is averaged over: a stall shows soon. */
const windowSeconds = 10;

export function progressLine(io: Io, what: string, now: () => number = () => performance.now() / 1000): ProgressLine {
  const samples: { at: number; bytes: number }[] = [];
  const line = statusLine(io);
  let shownTenth = -1;
  return {
    show({ doneBytes, totalBytes }) {
      const at = now();
      samples.push({ at, bytes: doneBytes });
      while (samples.length > 2 && at - samples[0]!.at > windowSeconds) samples.shift();
      const percent = Math.floor((doneBytes / totalBytes) * 100);
      const text = `${what}: ${megabytes(doneBytes)} of ${megabytes(totalBytes)} MB, ${percent} %${left(samples, totalBytes)}`;
      if (!line.rewrite(text) && Math.floor(percent / 10) !== shownTenth) io.err.write(`${text}\n`);
      shownTenth = Math.floor(percent / 10);
    },
    clear: line.clear,
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}

function left(samples: { at: number; bytes: number }[], totalBytes: number): string {
  const first = samples[0]!;
  const last = samples.at(-1)!;
  const rate = (last.bytes - first.bytes) / (last.at - first.at);
  return last.at - first.at >= 1 && rate > 0 ? `, about ${duration((totalBytes - last.bytes) / rate)} left` : "";
}
