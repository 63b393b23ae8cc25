/** First guess of the seconds from start to ready, for models that nobody has timed. */
import { bytesPerGiB } from "../domain/size.ts";
import type { Footprint } from "./schema.ts";

/** Profiling, graph capture and a warm compile cache: about half of the 5 minutes that a 20 GiB model is known to take. */
const fixedSeconds = 150;
/** That model's weights took 142 s from a local disk with the default loader. */
const secondsPerGiB = 7;
/** Streaming loaders and a warm page cache are much faster for large models: a guess above this helps nobody. */
const mostSeconds = 600;

export function loadGuessSeconds(footprint: Footprint | undefined): number {
  if (footprint === undefined) return mostSeconds;
  return Math.min(mostSeconds, Math.round(fixedSeconds + (secondsPerGiB * footprint.weights) / bytesPerGiB));
}
