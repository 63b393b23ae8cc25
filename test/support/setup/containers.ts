/** A Docker for tests: knows which images it has, and what it was asked for. */
import type { Containers } from "../../../src/setup/containers.ts";

export interface FakeContainers extends Containers {
  images: Set<string>;
  asked: string[];
}

/** `missing`: why there is none. `refused`: an image that cannot be had, with the reason. */
export function fakeContainers(
  images: string[] = [],
  faults: { missing?: string; refused?: Record<string, string> } = {},
): FakeContainers {
  const has = new Set(images);
  const asked: string[] = [];
  return {
    images: has,
    asked,
    missing: async () => faults.missing ?? null,
    present: async (names) => new Set(names.filter((name) => has.has(name))),
    async get({ image }, _, hear) {
      const reason = faults.refused?.[image];
      if (reason !== undefined) throw new Error(reason);
      asked.push(`get ${image}`);
      hear("pulling image", 50);
      has.add(image);
    },
    async fetch(_, { repo, revision }, token) {
      asked.push(`fetch ${repo}@${revision ?? "default"}${token === null ? "" : " with a token"}`);
    },
    async remove(image) {
      asked.push(`remove ${image}`);
      has.delete(image);
    },
  };
}
