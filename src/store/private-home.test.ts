import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "./store.ts";

let folder: string;
let home: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hearth-private-"));
  home = join(folder, "home");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

async function openOnce(): Promise<string[]> {
  const notices: string[] = [];
  const store = await openStore(home, { failing() {}, recovered() {}, notice: (text) => void notices.push(text) });
  await store.close();
  return notices;
}

test("state is for its owner alone, and nothing is said of a home that is private already", async () => {
  expect(await openOnce()).toEqual([]);
  expect(modeOf(home)).toBe("700");
  for (const name of ["hearth.db", "journal.db", "hearth.lock", "hearth.pid", "instance"])
    expect(modeOf(join(home, name))).toBe("600");
});

test("a home and files that stood open are closed to others, and the log says so", async () => {
  await openOnce();
  chmodSync(home, 0o755);
  chmodSync(join(home, "hearth.db"), 0o644);
  expect((await openOnce()).join()).toMatch(/home, .*hearth\.db could be read by other users/);
  expect([modeOf(home), modeOf(join(home, "hearth.db"))]).toEqual(["700", "600"]);
});

test("a folder in which others keep things too stays open to them, Hearth's own files do not", async () => {
  mkdirSync(home, { mode: 0o755 });
  writeFileSync(join(home, "somebody-else"), "");
  await openOnce();
  expect([modeOf(home), modeOf(join(home, "hearth.db"))]).toEqual(["755", "600"]);
});

test.each([
  "hearth.db",
  "hearth.db-wal",
  "journal.db",
  "hearth.lock",
  "hearth.pid",
  "instance",
  "logs/a.log",
  "run/server.json",
  "weights/a.gguf",
])("a symbolic link in the place of %s is named and not followed", async (name) => {
  const target = join(folder, "precious");
  writeFileSync(target, "as it was");
  mkdirSync(dirname(join(home, name)), { recursive: true });
  symlinkSync(target, join(home, name));
  await expect(openOnce()).rejects.toThrow(`${join(home, name)} is a symbolic link`);
  expect(readFileSync(target, "utf8")).toBe("as it was");
});

test("a home that cannot be made is refused in a sentence that says why", async () => {
  home = "/proc/hearth";
  await expect(openOnce()).rejects.toThrow(
    "The state directory /proc/hearth cannot be used: nothing can be made there.",
  );
  writeFileSync(join(folder, "file"), "");
  home = join(folder, "file");
  await expect(openOnce()).rejects.toThrow("it is no directory. Choose another one with HEARTH_HOME");
  home = join(folder, "file", "below");
  await expect(openOnce()).rejects.toThrow("a file is in its way");
});

test("its name outlives the database", async () => {
  const first = await openStore(home);
  await first.close();
  for (const name of ["hearth.db", "journal.db"]) writeFileSync(join(home, name), "");
  const second = await openStore(home);
  await second.close();
  expect(second.instance).toBe(first.instance);
});
