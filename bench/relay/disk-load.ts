/** Keeps the disk of a folder busy, as the loading of a model does. Run by itself, it writes and syncs until it is ended. */
import { spawn } from "node:child_process";
import { fsyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

const blocks = 64;
const block = Buffer.alloc(1024 * 1024, 7);

/** Returns what ends it. */
export function loadDisk(folder: string): () => void {
  const child = spawn(process.execPath, [import.meta.filename, folder], { stdio: "ignore" });
  return () => void child.kill("SIGKILL");
}

if (import.meta.main) {
  const file = openSync(join(process.argv[2]!, "ballast"), "w");
  for (;;) {
    for (let index = 0; index < blocks; index += 1) writeSync(file, block, 0, block.length, index * block.length);
    fsyncSync(file);
  }
}
