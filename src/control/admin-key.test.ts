import { mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openAdminKey, readAdminKey } from "./admin-key.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "hearth-key-"));
});
afterEach(() => rmSync(home, { recursive: true }));

const mode = () => statSync(join(home, "admin-key")).mode & 0o777;

test("it is made once, for its owner alone, and another one in each home", () => {
  expect(readAdminKey(home)).toBeNull();
  const { secret, made } = openAdminKey(home);
  expect([made, mode(), readdirSync(home)]).toEqual([true, 0o600, ["admin-key"]]);
  expect(openAdminKey(home)).toEqual({ secret, made: false });
  expect(readAdminKey(home)).toBe(secret);
  rmSync(join(home, "admin-key"));
  expect(openAdminKey(home).secret).not.toBe(secret);
});

test("one that was emptied is made anew, and one that others could read is closed to them", () => {
  const { secret } = openAdminKey(home);
  truncateSync(join(home, "admin-key"));
  const again = openAdminKey(home);
  expect([again.made, again.secret === secret]).toEqual([true, false]);
  rmSync(join(home, "admin-key"));
  writeFileSync(join(home, "admin-key"), "mine\n", { mode: 0o644 });
  expect([openAdminKey(home).secret, mode()]).toEqual(["mine", 0o600]);
});

test("a link in its place is not followed", () => {
  writeFileSync(join(home, "elsewhere"), "planted\n");
  symlinkSync(join(home, "elsewhere"), join(home, "admin-key"));
  expect(() => readAdminKey(home)).toThrow(/ELOOP/);
});
