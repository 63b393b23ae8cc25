/** What is expected of a load, from what this machine has seen. */

/** Weight of the newest load. High enough that a new disk or a new image is believed after two or three loads. */
const newestWeight = 0.4;

/**
 * L(m): exponentially weighted mean of the measured loads (oldest first), or the catalog's figure while there is
 * none. The first measured load replaces the catalog's figure altogether: it is about another machine.
 */
export function loadEstimate(history: number[], catalogSeconds: number): number {
  if (history.length === 0) return catalogSeconds;
  return history.reduce((mean, seconds) => mean + newestWeight * (seconds - mean));
}

/**
 * Per cent of a load that is probably done after `elapsed` seconds. Never 100 before it is: a load that takes longer
 * than usual stays at 99.
 */
export function loadPercent(elapsed: number, expected: number): number {
  if (expected <= 0) return 99;
  return Math.max(0, Math.min(99, Math.floor((elapsed / expected) * 100)));
}
