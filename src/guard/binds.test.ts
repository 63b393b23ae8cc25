import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bind, bindFault, checkLinks, checkNeighbours, type Neighbour } from "./binds.ts";
import { Refusal } from "./refusal.ts";

const paths = fc.constantFrom("/a", "/a/b", "/a/b/c", "/a/bb", "/d", "/d/e");
const bind = fc.record({ source: paths, writable: fc.boolean(), field: fc.constant("HostConfig.Mounts[0].Source") });
const above = (folder: string, path: string) => path.startsWith(`${folder}/`);

describe("the list", () => {
  test("a writable mount has nothing listed around it or below it", () => {
    fc.assert(
      fc.property(bind, fc.uniqueArray(paths), (one, binds) => {
        if (bindFault(one, { binds }) !== null || !one.writable) return;
        expect(binds).toContain(one.source);
        expect(binds.filter((listed) => above(one.source, listed))).toEqual([]);
      }),
    );
  });

  test("nothing outside of it is mounted at all", () => {
    fc.assert(
      fc.property(bind, fc.uniqueArray(paths), (one, binds) => {
        const inside = binds.some((listed) => listed === one.source || above(listed, one.source));
        if (!inside) expect(bindFault(one, { binds })).toContain("is not a path of HEARTH_GUARD_BINDS");
        if (!one.writable) expect(bindFault(one, { binds }) === null).toBe(inside);
      }),
    );
  });
});

describe("neighbours", () => {
  const passes = (own: Bind[], others: Neighbour[]) => {
    try {
      checkNeighbours(own, others);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal);
      return false;
    }
  };

  test("whatever is let in, in any order, nobody writes above what anybody mounts", () => {
    fc.assert(
      fc.property(fc.array(fc.array(bind, { minLength: 1, maxLength: 3 }), { maxLength: 6 }), (wanted) => {
        const inside: Neighbour[] = [];
        for (const [index, binds] of wanted.entries()) {
          if (passes(binds, inside)) inside.push({ name: `hearth-${index}`, binds });
        }
        const all = inside.flatMap(({ binds }) => binds);
        for (const writer of all.filter(({ writable }) => writable)) {
          expect(all.filter(({ source }) => above(writer.source, source))).toEqual([]);
        }
      }),
    );
  });

  test("the refusal names who stands in the way", () => {
    const own = [{ source: "/data/models", writable: false, field: "HostConfig.Mounts[0].Source" }];
    const writer = { name: "hearth-a", binds: [{ source: "/data", writable: true }] };
    expect(() => checkNeighbours(own, [writer])).toThrow(
      "HostConfig.Mounts[0].Source: container hearth-a may write in /data, above /data/models.",
    );
  });
});

describe("links", () => {
  let folder: string;
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "hearth-guard-binds-")));
    mkdirSync(join(folder, "weights"));
    symlinkSync("/etc", join(folder, "link"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const check = (path: string, binds = [folder]) =>
    checkLinks([{ source: join(folder, path), writable: false, field: "Source" }], { binds });

  test("a folder below a listed one passes, a link and what lies behind it do not", async () => {
    await check("weights");
    await expect(check("link")).rejects.toThrow(/leads through a symbolic link/);
    await expect(check("link/ssl")).rejects.toThrow(/leads through a symbolic link/);
    await expect(check("missing")).rejects.toThrow(/the guard cannot see/);
  });

  test("a path that is listed itself is the operator's word", async () => {
    await check("link", [join(folder, "link")]);
  });
});
