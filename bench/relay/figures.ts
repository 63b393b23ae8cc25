/** What the bench tells, and how it follows from what was measured. */
import type { JobResult } from "./load/job.ts";

export interface Figure {
  title: string;
  digits: number;
}

export const figures = {
  requestsPerSecond: { title: "requests/s, 64 connections, 2 KB", digits: 0 },
  cpuPerRequest: { title: "CPU per request, µs", digits: 0 },
  requestsPerCore: { title: "requests/s per core", digits: 0 },
  p50: { title: "p50 at 500/s, µs", digits: 0 },
  p99: { title: "p99 at 500/s, µs", digits: 0 },
  addedP50: { title: "added p50 at 500/s, µs", digits: 0 },
  addedP99: { title: "added p99 at 500/s, µs", digits: 0 },
  cpuPerChunk: { title: "CPU per chunk, 200 streams, µs", digits: 1 },
  chunksPerSecond: { title: "saturation, chunks/s", digits: 0 },
  chunksPerCore: { title: "saturation, chunks/s per core", digits: 0 },
  large: { title: "1 MB body, ms", digits: 2 },
  addedLarge: { title: "1 MB body added, ms", digits: 2 },
  residentAtRest: { title: "resident at rest, MB", digits: 0 },
  residentHeld: { title: "resident, 1,000 held, MB", digits: 0 },
  residentAfterLoad: { title: "resident after the load, MB", digits: 0 },
} satisfies Record<string, Figure>;

export type FigureName = keyof typeof figures;
export type Sample = Partial<Record<FigureName, number>>;

export function throughputSample({ count, windowMs, cpuSeconds }: JobResult): Sample {
  return {
    requestsPerSecond: (count / windowMs) * 1000,
    cpuPerRequest: (cpuSeconds / count) * 1e6,
    requestsPerCore: count / cpuSeconds,
  };
}

export function latencySample({ latencies }: JobResult): Sample {
  return { p50: quantile(latencies, 0.5) * 1000, p99: quantile(latencies, 0.99) * 1000 };
}

export function pacedSample({ count, cpuSeconds }: JobResult): Sample {
  return { cpuPerChunk: (cpuSeconds / count) * 1e6 };
}

export function saturatedSample({ count, windowMs, cpuSeconds }: JobResult): Sample {
  return { chunksPerSecond: (count / windowMs) * 1000, chunksPerCore: count / cpuSeconds };
}

export function largeSample({ latencies }: JobResult): Sample {
  return { large: quantile(latencies, 0.5) };
}

/** What a target adds to the stub reached directly in the same round. */
export function addedSample(sample: Sample, direct: Sample): Sample {
  return {
    addedP50: sample.p50! - direct.p50!,
    addedP99: sample.p99! - direct.p99!,
    addedLarge: sample.large! - direct.large!,
  };
}

/** Of each figure the median over the rounds. */
export function medians(samples: Sample[]): Sample {
  const median: Sample = {};
  for (const name of Object.keys(figures) as FigureName[]) {
    const values = samples.map((sample) => sample[name]).filter((value) => value !== undefined);
    if (values.length > 0) median[name] = quantile(values, 0.5);
  }
  return median;
}

/** The value below which this share of them lies; between two values, in proportion. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}
