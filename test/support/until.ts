/** Asks again every few milliseconds until the answer is not false, null or undefined. Fails after the limit, saying what was missing:
 * one that no machine reaches, however busy it is. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  { seconds = 60, everyMs = 20 }: { seconds?: number; everyMs?: number } = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== null && answer !== undefined) return answer as NonNullable<Exclude<T, false>>;
    if (performance.now() > deadline) throw new Error(`after ${seconds} s still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
