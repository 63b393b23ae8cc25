import fc from "fast-check";
import { expect, test } from "vitest";
import { throttle } from "./throttle.ts";

const never = new AbortController().signal;

/** Takes these chunks as fast as it may, on a clock that only waits move; seconds that it took. */
async function secondsFor(limit: number, chunks: number[]): Promise<number> {
  let at = 0;
  const wait = async (seconds: number) => {
    at += seconds;
  };
  const slow = throttle(limit, { now: () => at, wait });
  for (const bytes of chunks) await slow.take(bytes, never);
  return at;
}

test("over any chunks the pace is the limit, but for the first second's worth", async () => {
  const chunk = fc.integer({ min: 1, max: 5000 });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 100, max: 10_000 }),
      fc.array(chunk, { minLength: 1 }),
      async (limit, chunks) => {
        const bytes = chunks.reduce((sum, each) => sum + each, 0);
        const seconds = await secondsFor(limit, chunks);
        expect(seconds).toBeGreaterThanOrEqual(bytes / limit - 1 - 1e-6);
        expect(seconds).toBeLessThanOrEqual(bytes / limit + 1e-6);
      },
    ),
  );
});

test("without a limit nothing waits", async () => {
  let waits = 0;
  const wait = async () => {
    waits += 1;
  };
  const free = throttle(null, { now: () => 0, wait });
  await free.take(1e12, never);
  expect(waits).toBe(0);
});
