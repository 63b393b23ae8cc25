import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadConfig } from "./load.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "hearth-odd-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const load = (file: string) => () => loadConfig({ cwd, env: { HOME: cwd }, file });

function written(text: string): string {
  writeFileSync(join(cwd, "hearth.yaml"), text);
  return "hearth.yaml";
}

const list = (entries: number) => `models:\n${"  - use: gpt-oss-20b\n".repeat(entries)}`;
const bomb = Array.from(
  { length: 12 },
  (_, n) => `x${n}: &x${n} [${n === 0 ? "a" : `*x${n - 1}, *x${n - 1}, *x${n - 1}`}]`,
);

test.each([
  ["an alias that contains itself", "models: &all\n  - *all\n", /contains this alias of itself/],
  ["an alias deep in itself", "policy: &p\n  hold: { streaming: [*p] }\n", /contains this alias of itself/],
  ["aliases that grow without bounds", bomb.join("\n"), /Cannot be read|alias/i],
  ["a list of 10 MB", list(500_000), /more than 256 KiB/],
  ["20,000 entries", list(20_000), /more than 256 KiB|too many/],
  ["20,000 keys", Array.from({ length: 20_000 }, (_, n) => `k${n}: 1\n`).join(""), /More than 5000 lines/],
  ["50,000 entries in a line", `models: [${"a,".repeat(50_000)}a]`, /More than 5000 lines and entries/],
  ["100,000 lists in each other", "[".repeat(100_000), /More than 100 lists in each other/],
  ["as many without brackets", "- ".repeat(100_000), /More than 100 lists in each other/],
  ["3,000 entries", list(3000), /3000 entries are too many: at most 2000/],
])("%s is refused in a sentence", (_, text, sentence) => {
  expect(load(written(text))).toThrow(sentence);
});

test("a pipe that nobody writes to, a device and a file without an end are refused, not waited for", () => {
  execFileSync("mkfifo", [join(cwd, "pipe")]);
  expect(load("pipe")).toThrow(/no regular file/);
  expect(load("/dev/zero")).toThrow(/no regular file/);
  expect(load(cwd)).toThrow(/it is a directory/);
});
