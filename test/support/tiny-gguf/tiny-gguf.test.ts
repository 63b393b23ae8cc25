import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { type TinyGgufOptions, writeTinyGguf } from "../tiny-gguf.ts";

const folder = mkdtempSync(join(tmpdir(), "tiny-gguf-"));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, options?: TinyGgufOptions): string {
  const file = join(folder, name);
  writeTinyGguf(file, options);
  return file;
}

it("writes the same bytes for the same options, and others for others", () => {
  const first = readFileSync(written("a"));
  expect(first.subarray(0, 4).toString()).toBe("GGUF");
  expect(readFileSync(written("b")).equals(first)).toBe(true);
  expect(readFileSync(written("c", { variant: "random" })).equals(first)).toBe(false);
});

it("becomes as large as asked for", () => {
  const megabytes = statSync(written("large", { sizeMb: 20 })).size / 1e6;
  expect(megabytes).toBeGreaterThan(19);
  expect(megabytes).toBeLessThan(22);
});
