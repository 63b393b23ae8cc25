import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withFolder } from "../../test/support/folder.ts";
import { homeEnvironment, parseEnvFile, withLines } from "./env-file.ts";

test("names and values as Docker Compose reads them", () => {
  const text = "# comment\nA=1\nexport B = two words \nC='quoted #1'\nD=\"x\"\nE=\nnot a line\n";
  expect(parseEnvFile(text)).toEqual({ A: "1", B: "two words", C: "quoted #1", D: "x" });
});

test("lines are added at the end, in place of empty ones", () => {
  const lines = [{ name: "KEY", value: "abc", comment: "What it is." }];
  expect(withLines("", lines)).toBe("# What it is.\nKEY=abc\n");
  expect(withLines("A=1\nKEY=\nB=2\n\n", lines)).toBe("A=1\nB=2\n\n# What it is.\nKEY=abc\n");
});

test("the home's .env says what the environment does not", async () => {
  await withFolder(async (folder) => {
    mkdirSync(join(folder, "home"));
    writeFileSync(join(folder, "home/.env"), "HEARTH_API_KEY=from-file\nHEARTH_LISTEN=127.0.0.1:9000\n");
    expect(homeEnvironment({ HEARTH_HOME: "home", HEARTH_LISTEN: "127.0.0.1:1" }, folder)).toEqual({
      HEARTH_API_KEY: "from-file",
    });
    expect(homeEnvironment({ HEARTH_HOME: "elsewhere" }, folder)).toEqual({});
  });
});
