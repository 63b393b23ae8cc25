/** Around each test file: a TMPDIR of its own, and the proof that nothing of it is left running. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, expect } from "vitest";
import { endAll } from "./owned-process.ts";
import { killStrays } from "./processes-naming.ts";
import { fileFolder, nameFile, runFolder } from "./run-folder.ts";

const testFile = relative(process.cwd(), expect.getState().testPath!);
const folder = fileFolder(runFolder(), testFile);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, nameFile), testFile);
process.env.TMPDIR = folder;

// Hooks run from the last registered to the first: whatever the file itself cleans up is done by now.
afterAll(async () => {
  const forgotten = await endAll();
  const strays = await killStrays(folder);
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  const left = [...forgotten, ...strays.map(({ command }) => command)];
  if (left.length > 0) throw new Error(`${testFile} left processes running:\n${left.join("\n")}`);
});
