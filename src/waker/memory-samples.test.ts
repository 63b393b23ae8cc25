import { expect, test } from "vitest";
import type { MemoryUse } from "../domain/memory-use.ts";
import type { Engine } from "./driver.ts";
import { MemorySamples } from "./memory-samples.ts";

/** An engine that takes these, one after the other. */
function engineTaking(...heldGiB: (number | null)[]): Engine {
  const memory = async () => {
    const held = heldGiB.length > 1 ? heldGiB.shift()! : heldGiB[0]!;
    return held === null ? null : { residentGiB: held, heldGiB: held };
  };
  return { memory } as Partial<Engine> as Engine;
}

test("tells the most that an engine took before and after it was ready, each time that it is more", async () => {
  const told: MemoryUse[] = [];
  const samples = new MemorySamples((use) => told.push(use));
  const start = new AbortController();
  const loading = engineTaking(30, 80, 60);
  const watched = samples.watchStart(() => {
    if (samples.latest?.heldGiB === 60) start.abort();
    return loading;
  }, start.signal);
  await watched;
  await samples.look(engineTaking(44));
  await samples.look(engineTaking(44.05));
  await samples.look(engineTaking(46));
  expect(told).toEqual([
    { startPeakGiB: 80, restGiB: 44 },
    { startPeakGiB: 80, restGiB: 46 },
  ]);
});

test("tells nothing of an engine whose memory nobody can see", async () => {
  const told: MemoryUse[] = [];
  await new MemorySamples((use) => told.push(use)).look(engineTaking(null));
  expect(told).toEqual([]);
});
