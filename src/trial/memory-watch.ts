/** What the engine held over a run: a sample before and after each trial. */
import type { MemoryFigures } from "./figures.ts";
import { lookAt, type Subject } from "./subject.ts";

export interface MemoryWatch {
  sample(subject: Subject): Promise<void>;
  /** Null where nobody could tell. */
  figures(): MemoryFigures | null;
}

export function memoryWatch(): MemoryWatch {
  const samples: number[] = [];
  return {
    async sample(subject) {
      const { view } = await lookAt(subject);
      const held = view.process?.rssGiB ?? null;
      if (view.state === "ready" && held !== null) samples.push(held);
    },
    figures() {
      if (samples.length === 0) return null;
      return { restGiB: samples[0]!, peakGiB: Math.max(...samples), endGiB: samples.at(-1)! };
    },
  };
}
