/** Real faults of a disk: a file system that is full, a database that another program holds. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import { test as base, describe, expect } from "vitest";
import { until } from "../../test/support/until.ts";
import { hashSecret } from "../config/secret-hash.ts";
import { openStore, type Store } from "./store.ts";

const wanted = (name: string) => ({ name, models: ["*"], priority: "interactive" as const, role: "user" as const });

const test = base.extend<{ home: string; news: string[]; store: Store }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest finds a fixture's needs in this pattern
  home: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), "hearth-disk-"));
    await use(home);
    rmSync(home, { recursive: true });
  },
  // biome-ignore lint/correctness/noEmptyPattern: the same
  news: async ({}, use) => use([]),
  store: async ({ home, news }, use) => {
    const tell = (message: string) => news.push(message);
    const store = await openStore(home, { failing: tell, recovered: tell, notice: tell });
    await use(store);
    await store.close();
  },
});

/** Holds a database for writing, as a backup or a database browser does. */
function locked(home: string, file: string) {
  const database = new DatabaseSync(join(home, file));
  database.exec("BEGIN IMMEDIATE");
  return () => database.close();
}

describe("a database that another program holds", () => {
  test("holds nobody up, and loses nothing", async ({ home, store, news }) => {
    const { secret } = await store.keys.create(wanted("ann"));
    const unlocks = [locked(home, "hearth.db"), locked(home, "journal.db")];
    const made = store.keys.create(wanted("bob"));
    // One that waited here would wait for ever: the lock is given back below.
    for (let at = 1; at <= 200; at += 1) {
      store.journal.append(at, { type: "touch", model: "a" });
      store.loads.record("a", at, at);
      expect(store.keys.findByHash(hashSecret(secret))?.name).toBe("ann");
      await nextTurn();
    }
    for (const unlock of unlocks) unlock();
    await made;
    expect(store.health()).toMatchObject({ status: "ok", failedWrites: 0, droppedWrites: 0 });
    expect(news).toEqual([]);
  });

  test("for longer is said, with what to do; a key is not made; and all is well when it lets go", async ({
    home,
    store,
    news,
  }) => {
    const unlock = locked(home, "hearth.db");
    store.loads.record("a", 1, 1);
    await expect(store.keys.create(wanted("bob"))).rejects.toThrow(/"bob" could not be written.*Stop that program/);
    expect(store.keys.list()).toEqual([]);
    expect(store.health()).toMatchObject({ status: "failing", problem: expect.stringContaining("holds it locked") });
    unlock();
    await until("all is well", () => store.health().status === "ok");
    expect(store.health().queued).toBe(0);
    expect(news).toEqual([expect.stringMatching(/hearth\.db cannot be used/), "hearth.db is written again"]);
    await store.keys.create(wanted("bob"));
  });

  test("does not keep a revoked key working, and says that a restart would", async ({ home, store }) => {
    const { secret } = await store.keys.create(wanted("ann"));
    const unlock = locked(home, "hearth.db");
    const revoked = store.keys.revoke("ann");
    expect(store.keys.findByHash(hashSecret(secret))).toBeNull();
    await expect(revoked).rejects.toThrow(/refused from now on, but would work again after a restart/);
    unlock();
    expect(await store.keys.revoke("ann")).toBe(true);
  });
});

describe("a full disk", () => {
  test("is said, keeps keys working, makes none, and is made up for when there is room", async ({
    home,
    news,
    skip,
  }) => {
    const small = join(home, "small");
    mkdirSync(small);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=600k,mode=700", "hearth-test", small], { stdio: "pipe" });
    } catch {
      skip("no small file system can be mounted here");
    }
    try {
      const tell = (message: string) => news.push(message);
      const store = await openStore(small, { failing: tell, recovered: tell, notice: tell });
      const { secret } = await store.keys.create(wanted("ann"));
      const ballast = join(small, "ballast");
      expect(() => writeFileSync(ballast, Buffer.alloc(1_000_000))).toThrow("ENOSPC");
      let made = 0;
      const making = async () => {
        for (;;) {
          await store.keys.create(wanted(`key ${made}`));
          made += 1;
        }
      };
      await expect(making()).rejects.toThrow(/could not be written.*disk is full/);
      expect(store.keys.list()).toHaveLength(made + 1);
      expect(store.keys.findByHash(hashSecret(secret))?.name).toBe("ann");
      expect(store.health()).toMatchObject({ status: "failing", problem: "The disk is full. Make room." });
      store.loads.record("a", 7, 1);
      rmSync(ballast);
      await until("all is written", () => store.health().status === "ok" && store.health().queued === 0);
      await store.close();
      const next = await openStore(small);
      expect(next.loads.of("a")).toEqual([7]);
      await next.close();
      expect(news).toEqual([expect.stringMatching(/disk is full/), "hearth.db is written again"]);
    } finally {
      execFileSync("umount", ["--lazy", small]);
    }
  });
});
