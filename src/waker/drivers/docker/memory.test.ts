import { expect, test } from "vitest";
import { containerMemory } from "./memory.ts";

const gib = 1024 ** 3;

test("mapped files come back by themselves and are not held; shared memory is", () => {
  expect(containerMemory({ usage: 10 * gib, stats: { file: 6 * gib, shmem: 2 * gib } })).toEqual({
    residentGiB: 10,
    heldGiB: 6,
  });
  expect(containerMemory({ usage: 10 * gib, stats: { total_cache: 4 * gib } })).toEqual({
    residentGiB: 10,
    heldGiB: 6,
  });
});

test("a container that does not run has no figures", () => {
  expect(containerMemory({})).toBeNull();
  expect(containerMemory({ usage: 0 })).toBeNull();
});
