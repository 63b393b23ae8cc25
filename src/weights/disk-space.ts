import { statfs } from "node:fs/promises";
import { SourceFailure } from "./source.ts";

/** Left for everybody else on that disk. */
const reserveBytes = 64 * 1024 * 1024;

/** Throws a SourceFailure with the numbers where `bytes` more do not fit. */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes + reserveBytes) return;
  throw new SourceFailure(
    `not enough disk space: ${megabytes(bytes + reserveBytes)} are needed in ${folder}, ${megabytes(free)} are free`,
  );
}

/** For people: decimal megabytes, rounded up. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
