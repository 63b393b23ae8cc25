/** An answer takes no longer, but from a disk that hangs. */
const askMilliseconds = 15_000;

export const silent = "The disk does not answer. See what keeps it busy, and whether it is well.";

/** What came of `work`, or an Error where it takes too long; it goes on then. */
export async function patiently<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<T>();
  const timer = setTimeout(() => reject(new Error(`${silent} It may still be done.`)), askMilliseconds);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
