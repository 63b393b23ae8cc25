import { expect, test } from "vitest";
import { bytesPerGiB } from "../../../domain/size.ts";
import { containerMemory } from "./memory.ts";

test("mapped files come back by themselves and are not held; shared memory is", () => {
  expect(
    containerMemory({ usage: 10 * bytesPerGiB, stats: { file: 6 * bytesPerGiB, shmem: 2 * bytesPerGiB } }),
  ).toEqual({
    residentGiB: 10,
    heldGiB: 6,
  });
  expect(containerMemory({ usage: 10 * bytesPerGiB, stats: { total_cache: 4 * bytesPerGiB } })).toEqual({
    residentGiB: 10,
    heldGiB: 6,
  });
});

test("a container that does not run has no figures", () => {
  expect(containerMemory({})).toBeNull();
  expect(containerMemory({ usage: 0 })).toBeNull();
});
