/** How fast a model may write on the CPU, where nobody has measured it there. */

/** Of weights that one thread reads in a second; each token needs all of them. */
const bytesPerThread = 5e9;
/** What the memory of a usual desktop gives, however many ask. */
const bytesOfMemory = 25e9;

/** Tokens per second, one significant figure: the embedded engine uses half of the processors. A guess informs only. */
export function guessedCpuSpeed(weightBytes: number, processors: number): number {
  const threads = Math.max(1, Math.floor(processors / 2));
  const speed = Math.min(threads * bytesPerThread, bytesOfMemory) / weightBytes;
  return Number(speed.toPrecision(1));
}
