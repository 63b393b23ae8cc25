/**
 * The folder of one run of the tests. `HEARTH_TEST_RUN` names it; each test file has one below it as its `TMPDIR`, which
 * every process that it starts inherits, engines included. So a process names the run and the file that it belongs to,
 * by its environment or by the paths on its command line.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";

export function runFolder(): string {
  const folder = process.env.HEARTH_TEST_RUN;
  if (folder === undefined) throw new Error("HEARTH_TEST_RUN is not set: is run.setup.ts in the vitest configuration?");
  return folder;
}

/** What every folder of a test file starts with. No path of vitest's own workers does. */
export function fileFolderPrefix(run: string): string {
  return join(run, "file-");
}

/** Short, for a socket's path has at most 107 bytes. */
export function fileFolder(run: string, testFile: string): string {
  return fileFolderPrefix(run) + createHash("sha256").update(testFile).digest("hex").slice(0, 8);
}

/** Where the folder says which test file it belongs to. */
export const nameFile = "test-file";

export function slotsSocket(run: string): string {
  return join(run, "slots.sock");
}
