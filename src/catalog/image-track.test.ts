import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogFolders, readCatalog } from "./catalog.ts";
import { readEngineVersions } from "./engine-version.ts";
import { readTracks } from "./image-track.ts";

const tracks = readTracks(catalogFolders.images, []);
const versions = readEngineVersions(catalogFolders.engines, []);
const catalog = readCatalog();

describe("every image", () => {
  const all = [...tracks.values()];
  const built = all.filter(({ build }) => build !== undefined).map((track) => [track.name, track] as const);

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

  test.each(built)(
    "%s is built from the base that it names, and each build argument has a value",
    (_, { build, folder }) => {
      const dockerfile = readFileSync(join(folder, build!.dockerfile), "utf8");
      expect([...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base)).toEqual([build!.base]);
      const declared = [...dockerfile.matchAll(/^ARG (\w+)$/gm)].map(([, name]) => name);
      expect(declared.toSorted()).toEqual(Object.keys(build!.args ?? {}).toSorted());
      for (const name of declared) expect(dockerfile).toContain(`\${${name}}`);
      expect(Object.values(build!.args ?? {}).filter((value) => /^(main|master|latest)$/.test(value))).toEqual([]);
    },
  );

  test.each(built)("%s fetches nothing that could be another thing tomorrow", (_, { build, folder }) => {
    const dockerfile = readFileSync(join(folder, build!.dockerfile), "utf8").replaceAll("\\\n", " ");
    for (const [line] of dockerfile.matchAll(/^ADD .*http.*$/gm))
      expect(line).toMatch(/--checksum=sha256:[0-9a-f]{64}/);
    for (const [line] of dockerfile.matchAll(/^RUN .*git clone.*$/gm)) {
      const clones = line.match(/git clone/g)!.length;
      expect(line.match(/--branch "\$\{\w+\}"|checkout --detach "\$\{\w+\}"/g)).toHaveLength(clones);
    }
    expect(dockerfile).not.toMatch(/(curl|wget) |:latest\b/);
  });

  test.each(all.map((track) => [track.name, track] as const))("%s is pinned", (_, { image, source: from }) => {
    if (from === "local") return;
    expect(image).toMatch(/@sha256:[0-9a-f]{64}$|:(?!latest$)[\w.-]*\d[\w.-]*$/);
  });

  test("is used by a model", () => {
    const used = new Set([...catalog.values()].map(({ track }) => track?.name));
    expect(all.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  });
});
