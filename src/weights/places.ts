/** Where one weights file lies on this disk, whether there is room for it, and how it comes by its name. */
import { mkdirSync } from "node:fs";
import { open, rename, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SourceOutOfReach } from "./source.ts";

export interface Places {
  /** The file itself. What bears this name was checked, or was put there by the user and is checked before its use. */
  target: string;
  folder: string;
  /** Lock, partial downloads, stamps. */
  state: string;
}

/** Creates the folders where they are missing. */
export function placesOf(home: string, file: string): Places {
  const folder = join(home, "weights");
  const state = join(folder, ".state", file);
  mkdirSync(state, { recursive: true, mode: 0o700 });
  return { target: join(folder, file), folder, state };
}

/** Left for everybody else on that disk. */
const reserveBytes = 64 * 1024 * 1024;

/** Throws a SourceFailure with the numbers where `bytes` more do not fit. */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes + reserveBytes) return;
  throw new SourceOutOfReach(
    `not enough disk space: ${megabytes(bytes + reserveBytes)} are needed in ${folder}, ${megabytes(free)} are free`,
  );
}

/** For people: decimal megabytes, rounded up. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}

/** Gives a checked file its name, so that even a power cut leaves either all of it or nothing under that name. */
export async function settle(from: string, target: string): Promise<void> {
  await sync(from);
  await rename(from, target);
  await sync(dirname(target));
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
