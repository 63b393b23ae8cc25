/**
 * How values spread: counts by bucket, each a fifth wider than the one before, so that a percentile is right to a tenth and
 * the counts of any days, keys or models can be added up.
 */

/** Counts by the number of their bucket. */
export type Spread = Uint32Array;

const growth = 1.2;
/** The last one takes whatever is larger: from 10^12 on. */
const buckets = 154;

export function emptySpread(): Spread {
  return new Uint32Array(buckets);
}

/** Of a value from 0 on; below 1 is one bucket. */
export function addTo(spread: Spread, value: number): void {
  const bucket = value < 1 ? 0 : 1 + Math.floor(Math.log(value) / Math.log(growth));
  spread[Math.min(bucket, buckets - 1)]! += 1;
}

/** `share` of the values are at most this: 0.95 for the 95th percentile. Null of none. */
export function percentile(spread: Spread, share: number): number | null {
  let total = 0;
  for (const count of spread) total += count;
  if (total === 0) return null;
  let left = Math.max(1, Math.ceil(share * total));
  let bucket = 0;
  while (left > spread[bucket]!) {
    left -= spread[bucket]!;
    bucket += 1;
  }
  // The middle of its bucket, as ratios go.
  return bucket === 0 ? 0 : growth ** (bucket - 0.5);
}

/** In what is kept, a bucket has its number and its count, the lowest byte first. */
const entryBytes = 5;

/** The form in which it is kept: buckets that have something in them. */
export function packed(spread: Spread): Uint8Array {
  const used = [...spread.keys()].filter((bucket) => spread[bucket]! > 0);
  const bytes = new Uint8Array(used.length * entryBytes);
  for (const [index, bucket] of used.entries()) {
    const at = index * entryBytes;
    const count = spread[bucket]!;
    bytes.set([bucket, count & 0xff, (count >>> 8) & 0xff, (count >>> 16) & 0xff, count >>> 24], at);
  }
  return bytes;
}

/** Adds one that was kept. */
export function addPacked(spread: Spread, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += entryBytes) {
    const low = bytes[at + 1]! | (bytes[at + 2]! << 8) | (bytes[at + 3]! << 16);
    spread[bytes[at]!]! += low + bytes[at + 4]! * 2 ** 24;
  }
}
