import { describe, expect, test } from "vitest";
import { catalogFolders, readCatalog } from "./catalog.ts";
import { readEngineVersions } from "./engine-version.ts";
import { readTracks } from "./image-track.ts";

const tracks = readTracks(catalogFolders.images, []);
const versions = readEngineVersions(catalogFolders.engines, []);
const catalog = readCatalog();

describe("every image", () => {
  const all = [...tracks.values()];

  test("has an engine release that is described", () => {
    const known = [...versions.keys()];
    for (const { engine: name, version } of all) expect(known).toContain(`${name}-${version}`);
  });

  test.each(all.map((track) => [track.name, track] as const))("%s sets nothing that its engine ignores", (_, track) => {
    const version = versions.get(`${track.engine}-${track.version}`)!;
    const flags = [...version.flags, ...(track.extraFlags ?? [])];
    expect(flags).toEqual(expect.arrayContaining(Object.keys(track.flags ?? {})));
    const variables = Object.keys(track.env ?? {}).filter((name) => name.startsWith("VLLM_"));
    expect([...(version.environment ?? []), ...(track.extraEnv ?? [])]).toEqual(expect.arrayContaining(variables));
  });

  test("is used by a model", () => {
    const used = new Set([...catalog.values()].map(({ track }) => track?.name));
    expect(all.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  });
});
