import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { requestRecord } from "../../../test/support/gateway/request-record.ts";
import { hashSecret } from "../../config/secret-hash.ts";
import { openStore } from "../store.ts";
import { makeBackup } from "./make.ts";
import { readBackup } from "./read.ts";
import { restoreBackup } from "./restore.ts";

let folder: string;
let home: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hearth-backup-"));
  home = join(folder, "home");
});
afterEach(() => rmSync(folder, { recursive: true }));

const key = (name: string) => ({ name, models: ["*"], priority: "interactive" as const, role: "user" as const });
const backUp = (name: string) => makeBackup({ home, configFile: null, version: "0.1.0" }, join(folder, name));
const restored = (name: string, to = home) => restoreBackup(join(folder, name), to, () => {});

/** A home that has served, with a key of this name. */
async function used(name = "ann"): Promise<string> {
  const store = await openStore(home);
  const { secret } = await store.keys.create(key(name));
  store.loads.record("a", 12, 100);
  store.requests.add(requestRecord({ id: "one" }));
  await store.close();
  writeFileSync(join(home, "hearth.yaml"), "models: [a]\n");
  writeFileSync(join(home, "admin-key"), "sk-admin\n", { mode: 0o600 });
  mkdirSync(join(home, "weights"));
  writeFileSync(join(home, "weights", "a.gguf"), "weights");
  return secret;
}

async function named(at: string): Promise<string[]> {
  const store = await openStore(at);
  const names = store.keys.list().map(({ name }) => name);
  await store.close();
  return names;
}

test("a backup brings keys, usage, history and configuration to another home, for their owner alone, and no weights", async () => {
  const secret = await used();
  backUp("b");
  expect(statSync(join(folder, "b")).mode & 0o777).toBe(0o600);
  const other = join(folder, "other");
  const { before, keys, facts } = await restored("b", other);
  expect([before, keys, facts.home, facts.version]).toEqual([null, 1, home, "0.1.0"]);
  expect(readFileSync(join(other, "hearth.yaml"), "utf8")).toBe("models: [a]\n");
  expect(statSync(join(other, "admin-key")).mode & 0o777).toBe(0o600);
  expect(existsSync(join(other, "weights"))).toBe(false);
  expect(readFileSync(join(other, "instance"))).toEqual(readFileSync(join(home, "instance")));
  const store = await openStore(other);
  expect(store.keys.findByHash(hashSecret(secret))?.name).toBe("ann");
  expect(store.loads.of("a")).toEqual([12]);
  expect((await store.requests.find({ limit: 9 })).requests.map(({ id }) => id)).toEqual(["one"]);
  await store.close();
});

test("whatever was acknowledged before a backup began is in it, while others are still being written", async () => {
  const store = await openStore(home);
  let going = true;
  let made = 0;
  const load = (async () => {
    while (going) {
      store.requests.add(requestRecord({ id: `r${made}` }));
      await store.keys.create(key(`k${made}`));
      made += 1;
    }
  })();
  for (let round = 0; round < 5; round += 1) {
    const least = made;
    await new Promise((resolve) => setImmediate(resolve));
    backUp(`b${round}`);
    expect(readBackup(join(folder, `b${round}`)).keys).toBeGreaterThanOrEqual(least);
  }
  going = false;
  await load;
  expect(store.health().droppedWrites).toBe(0);
  await store.close();
});

test("what was there is kept, and weights stay where they are", async () => {
  await used("ann");
  backUp("b");
  const store = await openStore(home);
  await store.keys.create(key("bob"));
  await store.close();
  writeFileSync(join(home, "hearth.yaml"), "models: [b]\n");
  const { before } = await restored("b");
  expect(await named(home)).toEqual(["ann"]);
  expect(readFileSync(join(home, "weights", "a.gguf"), "utf8")).toBe("weights");
  expect(readFileSync(join(before!, "hearth.yaml"), "utf8")).toBe("models: [b]\n");
  expect((await named(before!)).sort()).toEqual(["ann", "bob"]);
  expect(readdirSync(home)).not.toContain("restoring");
});

test("while a Hearth runs on the home nothing is restored", async () => {
  await used();
  backUp("b");
  const store = await openStore(home);
  await expect(restored("b")).rejects.toThrow(/Another Hearth \(pid \d+\) runs on .*Stop it first/);
  await store.close();
  expect(await named(home)).toEqual(["ann"]);
});

test.each<[string, (file: string) => void, RegExp]>([
  ["no backup", (file) => writeFileSync(file, "x".repeat(5000)), /not a database|no backup/],
  ["another database", (file) => copyFileSync(join(home, "hearth.db"), file), /is no backup of Hearth's/],
  ["a damaged one", (file) => damage(file), /damaged|malformed/],
  [
    "one whose file was changed",
    (file) => sql(file, "UPDATE backup_files SET content = x'00' WHERE name = 'admin-key'"),
    /its admin-key is not what/,
  ],
  [
    "one with a path",
    (file) => sql(file, "UPDATE backup_files SET name = '../x' WHERE name = 'admin-key'"),
    /holds "\.\.\/x"/,
  ],
  ["one of a newer Hearth", (file) => sql(file, "PRAGMA user_version = 9999"), /made by a newer Hearth \(schema 9999/],
])("%s changes nothing and says so", async (_, spoil, says) => {
  await used();
  backUp("b");
  spoil(join(folder, "b"));
  await expect(restored("b")).rejects.toThrow(says);
  expect(await named(home)).toEqual(["ann"]);
  expect(readdirSync(home).filter((name) => name.startsWith("before-restore"))).toEqual([]);
});

function sql(file: string, statement: string): void {
  const database = new DatabaseSync(file);
  database.exec(statement);
  database.close();
}

/** In the middle of every page but the first. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  for (let at = 4096 + 8; at < bytes.length; at += 4096) bytes.fill(0xff, at, at + 64);
  writeFileSync(file, bytes);
}

test("no backup replaces another one, and one of nothing is none", async () => {
  expect(() => backUp("b")).toThrow(/nothing to back up/);
  await used();
  backUp("b");
  expect(() => backUp("b")).toThrow(/is there already/);
  expect(readdirSync(folder).sort()).toEqual(["b", "home"]);
});
