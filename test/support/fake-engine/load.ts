import { existsSync } from "node:fs";

/** Allocates and touches that many MiB, so that they count as resident. Keep the result alive. */
export function eatMemory(mib: number): Buffer[] {
  return Array.from({ length: mib }, () => Buffer.alloc(1024 * 1024, 1));
}

/** Resolves when the file exists. Polls: a watcher would need the folder to exist first. */
export async function waitForFile(path: string): Promise<void> {
  while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 5));
}
