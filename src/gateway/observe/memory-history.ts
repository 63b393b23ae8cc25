/** What memory each model's engine held over the last hours, sampled from the waker's snapshots. */
import type { Link } from "../../link/link.ts";

export interface MemorySample {
  /** Seconds since the epoch. */
  at: number;
  residentGiB: number;
}

export interface MemoryHistory {
  /** Oldest first; also of engines that are gone. */
  of(model: string): MemorySample[];
  close(): void;
}

const everyMs = 30_000;
/** Four hours of an engine that runs all the time. */
const kept = 480;

export function createMemoryHistory(link: Pick<Link, "snapshot">): MemoryHistory {
  const byModel = new Map<string, MemorySample[]>();
  const sample = () => {
    const { at, models } = link.snapshot();
    for (const { id, process } of models) {
      if (process?.rssGiB == null) continue;
      const samples = byModel.get(id) ?? [];
      samples.push({ at, residentGiB: process.rssGiB });
      if (samples.length > kept) samples.shift();
      byModel.set(id, samples);
    }
  };
  const timer = setInterval(sample, everyMs).unref();
  return { of: (model) => byModel.get(model) ?? [], close: () => clearInterval(timer) };
}
