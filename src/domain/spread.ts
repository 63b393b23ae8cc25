/**
 * How values spread: counts by bucket, each a fifth wider than the one before, so that a percentile is right to a tenth and
 * the counts of any days, keys or models can be added up.
 */

/** Counts by the number of their bucket. */
export type Spread = Map<number, number>;

const growth = 1.2;

/** Of a value from 0 on; below 1 is one bucket. */
export function addTo(spread: Spread, value: number, count = 1): void {
  const bucket = value < 1 ? 0 : 1 + Math.floor(Math.log(value) / Math.log(growth));
  addBucket(spread, bucket, count);
}

function addBucket(spread: Spread, bucket: number, count: number): void {
  spread.set(bucket, (spread.get(bucket) ?? 0) + count);
}

/** `share` of the values are at most this: 0.95 for the 95th percentile. Null of none. */
export function percentile(spread: Spread, share: number): number | null {
  const buckets = [...spread].sort(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  let left = Math.max(1, Math.ceil(share * total));
  for (const [bucket, count] of buckets) {
    left -= count;
    // The middle of its bucket, as ratios go.
    if (left <= 0) return bucket === 0 ? 0 : growth ** (bucket - 0.5);
  }
  return null;
}

/** `3:12,4:1`: the form in which it is kept. */
export function spreadText(spread: Spread): string {
  return [...spread].map(([bucket, count]) => `${bucket}:${count}`).join(",");
}

/** Adds one that was kept. */
export function addText(spread: Spread, text: string): void {
  for (const pair of text === "" ? [] : text.split(",")) {
    const colon = pair.indexOf(":");
    addBucket(spread, Number(pair.slice(0, colon)), Number(pair.slice(colon + 1)));
  }
}
