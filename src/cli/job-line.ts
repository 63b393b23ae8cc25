/** How far a job on weights is, on stderr: one line that is rewritten on a terminal, a line each tenth elsewhere. */
import { bytesText } from "../domain/size.ts";
import { percentOf } from "../domain/weights.ts";
import type { Io } from "./io.ts";
import type { OnJob } from "./shelf/shelf.ts";
import { statusLine } from "./status-line.ts";
import { duration } from "./words.ts";

export interface JobLine {
  show: OnJob;
  /** Takes the line off the screen. */
  clear(): void;
}

/** Longest time that the rate is averaged over: a stall shows soon. */
const windowSeconds = 10;

export function jobLine(io: Io, model: string, now: () => number = () => performance.now() / 1000): JobLine {
  let samples: { at: number; bytes: number }[] = [];
  let told = "";
  let of: string | null = null;
  const line = statusLine(io);
  return {
    show({ what, doneBytes, totalBytes, state }, before) {
      if (state === "waiting")
        return tell(`${model}: waits for ${before === 1 ? "another pull" : `${before} other pulls`}`, "");
      if (what !== of) samples = [];
      of = what;
      const at = now();
      samples = [...samples.filter((sample) => at - sample.at <= windowSeconds), { at, bytes: doneBytes }];
      const percent = percentOf({ doneBytes, totalBytes });
      if (percent === null || totalBytes === null) return tell(`${model}: ${what ?? "about to begin"}`, "");
      const far = `${bytesText(doneBytes)} of ${bytesText(totalBytes)}, ${percent} %`;
      tell(`${what}: ${far}${left(samples, totalBytes)}`, String(Math.floor(percent / 10)));
    },
    clear: line.clear,
  };

  function tell(text: string, tenth: string): void {
    const key = tenth === "" ? text : `${of} ${tenth}`;
    if (!line.rewrite(text) && key !== told) io.err.write(`${text}\n`);
    told = key;
  }
}

function left(samples: { at: number; bytes: number }[], totalBytes: number): string {
  const first = samples[0]!;
  const last = samples.at(-1)!;
  const rate = (last.bytes - first.bytes) / (last.at - first.at);
  return last.at - first.at >= 1 && rate > 0 ? `, about ${duration((totalBytes - last.bytes) / rate)} left` : "";
}
